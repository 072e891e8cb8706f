package io.procmon.join;

import static io.procmon.Classroom.HW1;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.TextFiles;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileToolTest {

    private static final Map<String, String> ARGUMENTS =
            Map.of("objects", "f.o 'g h.o'\ni.o\n", "all", "rcs libf.a f.o");

    private static final ProcessFiles FILES =
            new TextFiles(path -> Optional.ofNullable(ARGUMENTS.get(path.fileName())));

    /**
     * Each transfer is written as {@code from+from>to}. {@code !} marks a move, {@code =} a kept modification time, and
     * {@code *} a recursive transfer.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        cp a b                               | a>b a>b/a
        cp -T a b                            | a>b
        cp -p a b                            | a>b= a>b/a=
        cp -a dir other                      | dir>other=* dir>other/dir=*
        cp -r dir other                      | dir>other* dir>other/dir*
        cp a b dir                           | a>dir/a b>dir/b
        cp -t dir a b                        | a>dir/a b>dir/b
        cp --target-directory=dir a          | a>dir/a
        cp -S .old a b                       | a>b a>b/a
        cp -- -a b                           | -a>b -a>b/-a
        cp a                                 | a>a
        mv a b                               | a>b!=* a>b/a!=*
        mv -f out/a .                        | out/a>.!=* out/a>a!=*
        gcp a b                              | a>b a>b/a
        busybox cp a b                       | a>b a>b/a
        /bin/busybox mv a b                  | a>b!=* a>b/a!=*
        ln a b                               | a>b= a>b/a=
        ln -s a b                            | a>b=* b/a>b/a=*
        ln -sf libf.so.1 lib/libf.so         | lib/libf.so.1>lib/libf.so=* lib/libf.so/libf.so.1>lib/libf.so/libf.so.1=*
        ln -s /home/coder/project/hw1/a      | a>a=*
        install -m755 main out/main          | main>out/main main>out/main/main
        install -m 755 -o me -D main out/x   | main>out/x main>out/x/main
        install --mode 755 -t bin a b        | a>bin/a b>bin/b
        install -d out                       | -
        dd if=a of=b bs=4k                   | a>b
        dd of=b                              | -
        ar rcs libf.a f.o g.o                | libf.a+f.o+g.o>libf.a
        ar -crs libf.a f.o                   | libf.a+f.o>libf.a
        ar rb g.o libf.a f.o                 | libf.a+f.o>libf.a
        ar --plugin=x rc libf.a f.o          | libf.a+f.o>libf.a
        ar t libf.a                          | -
        ar qc libf.a @objects                | libf.a+f.o+g h.o+i.o>libf.a
        gcc-ar @all                          | libf.a+f.o>libf.a
        ld -o main @objects                  | f.o+g h.o+i.o>main
        llvm-objcopy @gone                   | @gone>@gone
        cp @objects b                        | @objects>b @objects>b/@objects
        ar                                   | -
        x86_64-linux-gnu-ar q libf.a f.o     | libf.a+f.o>libf.a
        gcc-ar-13 r libf.a f.o               | libf.a+f.o>libf.a
        llvm-ar r libf.a f.o                 | libf.a+f.o>libf.a
        ranlib libf.a                        | libf.a>libf.a
        strip main                           | main>main
        strip -s main other                  | main>main other>other
        strip -o small main                  | main>small
        strip -R .comment main               | main>main
        strip --remove-section .comment main | main>main
        llvm-strip-18 --strip-all main       | main>main
        arm-none-eabi-strip main.elf         | main.elf>main.elf
        objcopy main                         | main>main
        objcopy -O ihex -R .eeprom m.elf m.hex | m.elf>m.hex
        avr-objcopy -j .text -O binary m m.bin | m>m.bin
        objcopy --add-gnu-debuglink=d main   | main>main
        objcopy --redefine-sym a=b f.o g.o   | f.o>g.o
        patchelf --set-rpath /x main         | main>main
        patchelf --output p --set-rpath x m  | m>p
        ld -o main a.o b.o -lc               | a.o+b.o>main
        ld.lld a.o                           | a.o>a.out
        aarch64-linux-gnu-ld.bfd a.o --output=b | a.o>b
        cmake -E copy a b                    | a>b a>b/a
        cmake -E rename a b                  | a>b!=* a>b/a!=*
        cmake -E create_symlink a sub/b      | sub/a>sub/b=* sub/b/a>sub/b/a=*
        cmake -S . -B build                  | -
        cp                                   | -
        mv a b c                             | a>c/a!=* b>c/b!=*
        cat a b                              | -
        scp a b                              | -
        """)
    void commandLine_saysWhatIsMadeOfWhat(String command, String expected) {
        String[] argv = command.split(" ", -1);

        assertThat(FileTool.of(Classroom.exec(7, "/usr/bin/" + argv[0].substring(argv[0].lastIndexOf('/') + 1), argv))
                        .map(call -> call.transfers(FILES))
                        .orElse(List.of())
                        .stream()
                        .map(FileToolTest::text)
                        .collect(joining(" ")))
                .isEqualTo(expected == null ? "" : expected);
    }

    private static String text(Transfer transfer) {
        return transfer.from().stream().map(FileToolTest::text).collect(joining("+"))
                + ">"
                + text(transfer.to())
                + (transfer.moves() ? "!" : "")
                + (transfer.keepsTime() ? "=" : "")
                + (transfer.deep() ? "*" : "");
    }

    private static String text(ContainerPath path) {
        return path.equals(HW1) ? "." : path.value().substring(HW1.value().length() + 1);
    }
}
