package io.procmon.parser.cc;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings;
import io.procmon.parser.CompilerSettings.Step;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Covers command lines that the compilers reject or print nothing for; DriverOracleTest covers the others. */
class DriverParserTest {

    @TempDir
    Path directory;

    @Test
    void settings_areReportedAsGiven() {
        CompilerSettings settings = compile(
                        "gcc -O1 -Wall -Wno-unused -std=c99 -w -O2 -pedantic main.c -L/opt/lib -lm -l pthread")
                .settings();

        assertThat(settings)
                .isEqualTo(new CompilerSettings(
                        Optional.of(Step.LINK),
                        Optional.of("c99"),
                        List.of("-Wall", "-Wno-unused", "-w", "-pedantic"),
                        Optional.of("-O2"),
                        List.of("m", "pthread"),
                        List.of(ContainerPath.of("/opt/lib")),
                        List.of()));
    }

    @Test
    void argumentsForTheLinker_areNoWarnings() {
        assertThat(compile("gcc -Wl,-z,now -Wa,--gdwarf-5 -Wp,-DX -Wextra main.c")
                        .settings()
                        .warnings())
                .containsExactly("-Wextra");
    }

    @Test
    void linkOnly_isABuildOfItsOutput() {
        Command.Compile compile = compile("gcc a.o b.o -o prog -lm");

        assertThat(compile.sources()).isEmpty();
        assertThat(compile.inputs()).containsExactly(path("a.o"), path("b.o"));
        assertThat(compile.target()).isEqualTo(path("prog"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc -xc - -o p", "g++ -xc++ -o p -", "gcc -x c /dev/stdin -o p", "clang -x c -o p -"})
    void standardInput_isABuildWithoutSources(String line) {
        Command.Compile compile = compile(line);

        assertThat(compile.sources()).isEmpty();
        assertThat(compile.target()).isEqualTo(path("p"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc -E -dM -",
                "gcc -S -x c -o /dev/null -fsyntax-only -",
                "gcc -x c - -fsyntax-only",
                "gcc -E -v -x c /dev/null",
                "gcc -Werror -c -x c /dev/null -o /dev/null",
                "clang -E -x c++ -",
                "clang -x c -S -o - -",
                "gcc -M -xc -"
            })
    void standardInputOfWhichNothingIsKept_isNoBuild(String line) {
        assertThat(parse(line)).isEqualTo(new Command.Nothing(Command.Why.INLINE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc  a.c -o a",
                "gcc -print-objc-runtime-info -c a.c",
                "gcc --output-pch= b.c -c a.c",
                "clang -arch_only b.c -c a.c",
                "clang -Xopenmp-target= b.c -c a.c",
                "clang -Xarch_ b.c -c a.c"
            })
    void valueOfAnOption_isTheOptions(String line) {
        assertThat(compile(line).sources()).containsExactly(new Source(path("a.c"), "c"));
        assertThat(compile(line).inputs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc -c k.cu -o k.o", "gcc -S notes.txt", "gcc -c main.o", "g++ -c k.hip -o k.o"})
    void fileOfNoLanguage_isWrittenNowhereIfNothingIsLinked(String line) {
        assertThat(compile(line).outputs()).isEmpty();
    }

    @Test
    void nvcc_readsCudaAndItsOwnOptions() {
        DriverParser nvcc = new DriverParser("nvcc", Invocations.table("nvcc"), false);

        assertThat(nvcc.parse(Invocations.in(
                        directory,
                        List.of("nvcc", "-arch", "sm_70", "-ccbin", "g++", "-Xcompiler", "-Wall", "-c", "broken.cu"))))
                .isInstanceOfSatisfying(Command.Compile.class, compile -> {
                    assertThat(compile.sources()).containsExactly(new Source(path("broken.cu"), "cuda"));
                    assertThat(compile.outputs()).containsExactly(path("broken.o"));
                });
    }

    @Test
    void ansi_isTheOldestStandardOfTheLanguage() {
        assertThat(compile("gcc -ansi a.c").settings().standard()).contains("c90");
        assertThat(compile("g++ -ansi a.cpp").settings().standard()).contains("c++98");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc --version",
                "gcc -dumpversion",
                "gcc -dumpmachine",
                "gcc -print-search-dirs",
                "gcc --help",
                "gcc --help=warnings",
                "gcc -### main.c",
                "gcc -print-file-name=libc.a",
                "gcc --print-sysroot",
                "gcc -Wall main.c --version",
                "gcc -dumpspecs",
                "clang --version",
                "clang -print-target-triple",
                "clang -### main.c",
                "clang --help"
            })
    void questionsToTheDriver_areNoBuilds(String line) {
        assertThat(parse(line)).isEqualTo(new Command.Nothing(Command.Why.INFORMATION));
    }

    @ParameterizedTest
    @ValueSource(strings = {"clang -cc1 -triple x main.c", "clang -cc1as main.s"})
    void partsOfADriver_areNoBuilds(String line) {
        assertThat(parse(line)).isEqualTo(new Command.Nothing(Command.Why.INTERNAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc", "gcc -v", "gcc -Wall -o prog", "gcc -o", "gcc -lm", "clang --"})
    void withoutFiles_thereIsNoBuild(String line) {
        assertThat(parse(line)).isEqualTo(new Command.Nothing(Command.Why.NO_INPUT));
    }

    @Test
    void argumentFileThatCannotBeRead_isMarked() {
        Command.Compile compile = compile("gcc -c @missing.rsp main.c");

        assertThat(compile.settings().unreadArgumentFiles()).containsExactly("missing.rsp");
        assertThat(compile.sources()).containsExactly(new Source(path("main.c"), "c"));
    }

    @Test
    void argumentFileWithinItself_ends() throws IOException {
        Files.writeString(directory.resolve("self.rsp"), "-Wall @self.rsp main.c");

        Command.Compile compile = compile("gcc -c @self.rsp");

        assertThat(compile.settings().warnings()).containsExactly("-Wall");
        assertThat(compile.settings().unreadArgumentFiles()).containsExactly("self.rsp");
    }

    @Test
    void argumentFilesThatNameEachOtherTwice_endSoon() throws IOException {
        for (int i = 0; i < 40; i++) {
            Files.writeString(directory.resolve(i + ".rsp"), "@%1$d.rsp @%1$d.rsp main.c".formatted(i + 1));
        }

        assertThat(compile("gcc -c @0.rsp").sources()).hasSizeLessThan(100);
    }

    @Test
    void aMillionArguments_areReadInOneGo() {
        List<String> line = Stream.concat(Stream.of("gcc", "main.c"), Collections.nCopies(1_000_000, "").stream())
                .toList();

        assertThat(parse(line)).isInstanceOf(Command.Compile.class);
    }

    @Test
    void aHugeArgument_isNoMoreWorkThanASmallOne() {
        assertThat(parse(List.of("gcc", "-" + "I".repeat(2_000_000), "main.c"))).isInstanceOf(Command.Compile.class);
    }

    @Test
    void optionAtTheEndWithoutItsValue_isNoReasonToFail() {
        assertThat(compile("gcc main.c -Xlinker").sources()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'", "\\", "\"a", "a\\", " \t\r\n\f", "''", "@"})
    void brokenQuoting_hasADefinedAnswer(String text) throws IOException {
        Files.writeString(directory.resolve("broken.rsp"), text);

        assertThat(parse("gcc -c main.c @broken.rsp")).isInstanceOf(Command.Compile.class);
    }

    private Command.Compile compile(String line) {
        return (Command.Compile) parse(line);
    }

    private Command parse(String line) {
        return parse(List.of(line.split(" ", -1)));
    }

    private Command parse(List<String> line) {
        String driver = line.getFirst();
        OptionTable table = Invocations.table(driver);
        return new DriverParser(driver, table, driver.endsWith("++")).parse(Invocations.in(directory, line));
    }

    private ContainerPath path(String name) {
        return ContainerPath.of(directory.toString()).resolve(name);
    }
}
