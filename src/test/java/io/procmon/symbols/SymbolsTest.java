package io.procmon.symbols;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.procmon.Prerequisites;
import io.procmon.diagnostics.Crash;
import io.procmon.diagnostics.Places;
import io.procmon.events.CrashDump;
import io.procmon.events.CrashDump.Code;
import io.procmon.events.CrashDump.Machine;
import io.procmon.events.FileId;
import io.procmon.process.ContainerPath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of programs are read like addr2line and readelf read them. No file can cause an exception or unlimited
 * work.
 */
class SymbolsTest {

    private static final Places PLACES = new Places(ContainerPath.of("/w/hw1"), ContainerPath.of("/w/hw1"));

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-g -O0",
                "-g -O2",
                "-gdwarf-2 -O0",
                "-gdwarf-3 -O1",
                "-gdwarf-4 -O2",
                "-gdwarf-5 -Os",
                "-g -O0 -gz=zlib",
                "-g -O0 -static",
                "-g -O2 -ffunction-sections -Wl,--gc-sections -no-pie"
            })
    void linesOfTheWholeProgram_areThoseOfAddr2line(String options) throws Exception {
        Path program = compile(options);
        ElfFile elf = ElfFile.of(file(Files.readAllBytes(program))).orElseThrow();
        List<Long> addresses = addresses(program);

        Map<Long, LineTable.SourceLine> lines = new LineTable(elf).lines(addresses);

        List<String> said = addr2line(program, addresses);
        assertThat(addresses).hasSizeGreaterThan(100);
        for (int i = 0; i < addresses.size(); i++) {
            String theirs = said.get(2 * i + 1).replaceFirst(" \\(discr.*", "");
            LineTable.SourceLine line = lines.get(addresses.get(i));
            String ours = line == null ? "?" : line.file() + ":" + line.line();
            assertThat(ours)
                    .as("%s at %x", options, addresses.get(i))
                    .isEqualTo(theirs.endsWith("?") || theirs.endsWith(":0") ? "?" : theirs);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gcc -gdwarf-2 -gstrict-dwarf",
                "gcc -gdwarf-3",
                "gcc -gdwarf-4",
                "gcc -gdwarf-4 -gsplit-dwarf",
                "gcc -gdwarf-4 -gdwarf64",
                "gcc -gdwarf-5",
                "gcc -gdwarf-5 -gsplit-dwarf",
                "gcc -gdwarf-4 -O2 -flto",
                "gcc -gdwarf-4 -gz",
                "clang -gdwarf-4",
                "clang -gdwarf-5",
                "clang -gdwarf-4 -gsplit-dwarf"
            })
    void relativeNames_areInTheDirectoryOfTheCompiler(String options) throws Exception {
        List<String> command = new ArrayList<>(List.of(options.split(" ", -1)));
        Prerequisites.programs(command.getFirst(), "addr2line", "readelf");
        Path sources = Files.createDirectories(directory.resolve("hw1/src"));
        Files.copy(Path.of("src/test/c/crash.c"), sources.resolve("crash.c"));
        command.addAll(List.of("-w", "-pthread", "-o", "program", "src/crash.c"));
        run(sources.getParent(), command.toArray(String[]::new));
        Path program = sources.getParent().resolve("program");
        long inner = function(program, "main");

        Map<Long, LineTable.SourceLine> lines =
                new LineTable(ElfFile.of(file(Files.readAllBytes(program))).orElseThrow()).lines(List.of(inner));

        assertThat(lines.get(inner).file() + ":" + lines.get(inner).line())
                .isEqualTo(addr2line(program, List.of(inner)).get(1))
                .startsWith(sources + "/crash.c:");
    }

    @Test
    void functions_areThoseOfReadelf() throws Exception {
        Path program = compile("-g -O0 -static");
        SymbolTable symbols =
                new SymbolTable(ElfFile.of(file(Files.readAllBytes(program))).orElseThrow());

        List<String[]> functions = run("readelf", "-sW", program.toString())
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length == 8 && words[3].equals("FUNC") && !words[2].equals("0"))
                .toList();

        assertThat(functions).hasSizeGreaterThan(500);
        for (String[] function : functions) {
            long address = Long.parseUnsignedLong(function[1], 16);
            assertThat(symbols.function(address + Long.decode(function[2]) - 1))
                    .as(function[7])
                    .isPresent();
            assertThat(symbols.function(address).map(SymbolTable.Function::address))
                    .as(function[7])
                    .contains(address);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "main|main",
                "_Z4pushi|push",
                "_ZN5Stack4pushEi|Stack::push",
                "_ZNK4list5Stack3topEv|list::Stack::top",
                "_ZN5StackC2Ev|Stack::Stack",
                "_ZN5StackD1Ev|Stack::~Stack",
                "_ZSt9terminatev|std::terminate",
                "_ZN4list7largestIiEET_RKSt6vectorIS1_SaIS1_EE|list::largest<int>",
                "_ZN6MatrixILi3ELi4EE3addERKS0_|Matrix<3, 4>::add",
                "_ZNSt6vectorIiSaIiEE9push_backERKi|std::vector<int, std::allocator<int>>::push_back",
                "_ZplRK6VectorS1_|operator+",
                "_ZN12_GLOBAL__N_14helpEv|(anonymous namespace)::help",
                "compute.constprop.0|compute",
                "_ZL6helperv|helper",
                "_ZN1r1S3top17h79900100a2b3a966E|r::S::top",
                "_ZN1r4main28_$u7b$$u7b$closure$u7d$$u7d$17hf4fa34fd753bb96dE|r::main::{{closure}}",
                "_ZN3std2rt19lang_start_internal17h0123456789abcdefE|std::rt::lang_start_internal",
                "_ZN50_$LT$r..Stack$u20$as$u20$core..ops..drop..Drop$GT$4drop17h0123456789abcdefE"
                        + "|<r::Stack as core::ops::drop::Drop>::drop",
                "_Z|_Z",
                "_ZN|_ZN",
                "_ZN99999999999xE|_ZN99999999999xE"
            })
    void namesOfCpp_areReadable(String name, String readable) {
        assertThat(CppNames.readable(name)).isEqualTo(readable);
    }

    @Test
    void namesThatRepeatThemselves_haveALimit() {
        assertThatCode(() -> CppNames.readable("_Z1fI" + "1AI1BS_E".repeat(100) + "S_S0_".repeat(40) + "Ev"))
                .doesNotThrowAnyException();
        assertThatCode(() -> CppNames.readable("_Z1f" + "P".repeat(1000) + "i")).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "X86_64, 90 90 e8 01 02 03 04, true",
        "X86_64, 90 90 90 90 90 ff d0, true",
        "X86_64, 90 90 90 90 41 ff d4, true",
        "X86_64, 90 ff 15 01 02 03 04, true",
        "X86_64, 90 90 90 90 ff 50 18, true",
        "X86_64, ff 94 c8 01 02 03 04, true",
        "X86_64, 90 90 90 90 ff 14 c8, true",
        "X86_64, 90 90 90 90 90 ff e0, false",
        "X86_64, 90 90 90 90 90 90 90, false",
        "I386, 90 90 e8 01 02 03 04, true",
        "AARCH64, 00 00 00 01 00 00 94, true",
        "AARCH64, 00 00 00 00 00 3f d6, true",
        "AARCH64, 00 00 00 00 00 1f d6, false",
        "X86_64, '', false"
    })
    void calls_areRecognised(Machine machine, String code, boolean call) {
        byte[] bytes = new byte[code.isEmpty() ? 0 : (code.length() + 1) / 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(code.substring(3 * i, 3 * i + 2), 16);
        }
        assertThat(CallInstructions.endWithCall(machine, bytes)).isEqualTo(call);
    }

    @Test
    void programWithoutUnwindTables_isReadByItsFramePointers() throws Exception {
        Path program = compile("-g -O0 -no-pie -fno-asynchronous-unwind-tables -Wl,--no-ld-generated-unwind-info");
        run("objcopy", "--remove-section=.eh_frame", "--remove-section=.eh_frame_hdr", program.toString());
        byte[] bytes = Files.readAllBytes(program);
        ElfFile elf = ElfFile.of(file(bytes)).orElseThrow();
        long inner = function(program, "inner");
        long caller = function(program, "null");
        long call = afterCall(elf, caller);
        long frame = 0x7fff_0000L;
        long[] registers = new long[33];
        registers[Machine.X86_64.programCounter()] = inner + 4;
        registers[Machine.X86_64.framePointer()] = frame;
        registers[Machine.X86_64.stackPointer()] = frame - 64;
        CrashDump dump = new CrashDump(
                11,
                1,
                0,
                Machine.X86_64,
                registers,
                new byte[0],
                List.of(new CrashDump.Link(frame, 0, call)),
                List.of(new Code(
                        0x401000, 0x402000, 0x1000, new FileId(1, Instant.EPOCH), bytes.length, Optional.empty())));

        Crash crash = CrashReader.read(dump, _ -> Optional.of(file(bytes)), PLACES);

        assertThat(crash.frames()).extracting(it -> it.function().orElse("")).containsExactly("inner", "null");
    }

    /**
     * The unwind table has the numbers of the registers of arm64. The kernel saves the registers before a handler runs, and
     * the handler returns to code without a file.
     */
    @ParameterizedTest
    @CsvSource({"0, handler interrupted", "8, handler"})
    void signalHandlerOnArm64_isAboveTheCodeThatWasInterrupted(long difference, String functions) throws Exception {
        Prerequisites.programs("gcc", "readelf");
        Path source = Files.writeString(directory.resolve("handler.s"), """
                .text
                .globl _start
                _start:
                .type handler, @function
                handler:
                .cfi_startproc simple
                .cfi_return_column 30
                .cfi_def_cfa 31, 32
                .cfi_offset 29, -32
                .cfi_offset 30, -24
                .skip 16
                .cfi_endproc
                .size handler, 16
                .type interrupted, @function
                interrupted:
                .cfi_startproc simple
                .cfi_return_column 30
                .cfi_def_cfa 31, 0
                .cfi_undefined 30
                .skip 16
                .cfi_endproc
                .size interrupted, 16
                """);
        Path program = directory.resolve("handler");
        run("gcc", "-nostdlib", "-static", "-no-pie", "-o", program.toString(), source.toString());
        byte[] bytes = Files.readAllBytes(program);
        bytes[18] = (byte) Machine.AARCH64.elfNumber();
        long stack = 0xffff_0000L;
        long saved = stack + 5000;
        long[] registers = new long[33];
        registers[Machine.AARCH64.programCounter()] = function(program, "handler") + 4;
        registers[Machine.AARCH64.stackPointer()] = stack;
        ByteBuffer words = ByteBuffer.allocate(8192).order(ByteOrder.LITTLE_ENDIAN);
        words.putLong(0, saved).putLong(8, 0xffff_f7ff_0000L); // the handler's frame
        int interrupted = 32 + 312;
        words.putLong(interrupted + 8 * 29, 0xffff_2000L)
                .putLong(interrupted + 8 * 30, 0x1234)
                .putLong(interrupted + 8 * 31, stack + 6000)
                .putLong(interrupted + 8 * 32, function(program, "interrupted") + 4);
        words.putLong(5000, 0xffff_2000L).putLong(5008, 0x1234 + difference);
        CrashDump dump = new CrashDump(
                11,
                1,
                0,
                Machine.AARCH64,
                registers,
                words.array(),
                List.of(),
                List.of(new Code(
                        0x401000, 0x402000, 0x1000, new FileId(1, Instant.EPOCH), bytes.length, Optional.empty())));

        Crash crash = CrashReader.read(dump, _ -> Optional.of(file(bytes)), PLACES);

        assertThat(crash.frames()).extracting(it -> it.function().orElse("")).containsExactly(functions.split(" ", -1));
    }

    /** The address after the first call of a function. */
    private static long afterCall(ElfFile elf, long function) {
        byte[] code = elf.at(function, 64).orElseThrow();
        for (int end = 7; end < code.length; end++) {
            if (CallInstructions.endWithCall(Machine.X86_64, java.util.Arrays.copyOfRange(code, end - 7, end))) {
                return function + end;
            }
        }
        throw new AssertionError("no call");
    }

    private static long function(Path program, String name) throws IOException, InterruptedException {
        return run("readelf", "-sW", program.toString())
                .lines()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length == 8 && words[7].equals(name))
                .mapToLong(words -> Long.parseUnsignedLong(words[1], 16))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anyDamage_hasAnAnswer() throws Exception {
        byte[] program = Files.readAllBytes(compile("-g -O0 -gz=zlib"));
        byte[] plain = Files.readAllBytes(compile("-g -O0"));
        Random random = new Random(20_261_130);
        int withFrames = 0;
        for (int i = 0; i < 600; i++) {
            byte[] damaged = (i % 2 == 0 ? program : plain).clone();
            for (int j = random.nextInt(1, 200); j > 0; j--) {
                damaged[random.nextInt(i % 3 == 0 ? 64 : damaged.length)] = (byte) random.nextInt();
            }
            withFrames += read(damaged, random).frames().isEmpty() ? 0 : 1;
        }
        assertThat(withFrames).isPositive();
        assertThat(read(new byte[0], random).signal()).isEqualTo(11);
        assertThat(read(new byte[] {0x7f, 'E', 'L', 'F'}, random).signal()).isEqualTo(11);
    }

    /** Each number in a table causes work, so a student could cause much work with few bytes. */
    @Test
    void tablesThatAskForMuchWork_haveAnAnswer() throws Exception {
        byte[] table = new byte[ElfFile.SECTION_MAX];
        for (int at = 0; at + 12 <= table.length; at += 12) {
            table[at] = 8;
            table[at + 4] = (byte) (at + 4);
            table[at + 5] = (byte) ((at + 4) >> 8);
            table[at + 6] = (byte) ((at + 4) >> 16);
        }
        Path program = compile("-g -O0 -no-pie");
        Files.write(directory.resolve("table"), table);
        for (String section : List.of(".eh_frame", ".debug_line", ".debug_line_str")) {
            Path copy = directory.resolve("copy" + section);
            run(
                    "objcopy",
                    "--update-section",
                    section + "=" + directory.resolve("table"),
                    program.toString(),
                    copy.toString());
            byte[] bytes = Files.readAllBytes(copy);

            assertThat(read(bytes, new Random(1)).frames()).hasSizeLessThanOrEqualTo(Crash.MOST);
        }
    }

    @Test
    void claimedSizes_areNotAllocated() {
        FileContents endless = new FileContents() {
            @Override
            public long size() {
                return Long.MAX_VALUE;
            }

            @Override
            public Optional<byte[]> read(long offset, int length) {
                assertThat(length).isLessThanOrEqualTo(ElfFile.SECTION_MAX);
                byte[] bytes = new byte[length];
                java.util.Arrays.fill(bytes, (byte) 0xff);
                byte[] magic = {0x7f, 'E', 'L', 'F', 2, 1};
                System.arraycopy(magic, 0, bytes, 0, Math.min(length, magic.length));
                return Optional.of(bytes);
            }
        };

        assertThatCode(() -> ElfFile.of(endless)).doesNotThrowAnyException();
    }

    private static Crash read(byte[] program, Random random) {
        long base = 0x5000_0000L;
        long[] registers = new long[33];
        for (int i = 0; i < registers.length; i++) {
            registers[i] = base + random.nextInt(program.length + 1);
        }
        registers[Machine.X86_64.stackPointer()] = 0x7fff_0000L;
        byte[] stack = new byte[4096];
        for (int i = 0; i < stack.length; i += 8) {
            long word = random.nextBoolean() ? base + random.nextInt(program.length + 1) : 0x7fff_0000L + i + 64;
            for (int j = 0; j < 8; j++) {
                stack[i + j] = (byte) (word >> (8 * j));
            }
        }
        Code code = new Code(
                base,
                base + program.length,
                0,
                new FileId(1, Instant.EPOCH),
                program.length,
                Optional.of(ContainerPath.of("/w/hw1/a")));
        CrashDump dump = new CrashDump(11, 1, 0, Machine.X86_64, registers, stack, List.of(), List.of(code));
        return CrashReader.read(dump, _ -> Optional.of(file(program)), PLACES);
    }

    private static FileContents file(byte[] bytes) {
        return new FileContents() {
            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public Optional<byte[]> read(long offset, int length) {
                return offset < 0 || offset + length > bytes.length
                        ? Optional.empty()
                        : Optional.of(java.util.Arrays.copyOfRange(bytes, (int) offset, (int) offset + length));
            }
        };
    }

    private Path compile(String options) throws IOException, InterruptedException {
        Prerequisites.programs("gcc", "addr2line", "readelf");
        Path program = directory.resolve("program" + Integer.toHexString(options.hashCode()));
        List<String> command = new ArrayList<>(List.of("gcc", "-w", "-pthread"));
        command.addAll(List.of(options.split(" ", -1)));
        command.addAll(List.of(
                "-o",
                program.toString(),
                Path.of("src/test/c/crash.c").toAbsolutePath().toString()));
        run(command.toArray(String[]::new));
        return program;
    }

    /** Every fifth byte of the functions of the program itself. */
    private static List<Long> addresses(Path program) throws IOException, InterruptedException {
        List<Long> addresses = new ArrayList<>();
        for (String line : run("readelf", "-sW", program.toString()).lines().toList()) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length == 8
                    && words[3].equals("FUNC")
                    && words[7].matches("inner|run|main|bus|sorting|handler|thread")) {
                long from = Long.parseUnsignedLong(words[1], 16);
                for (long at = from; at < from + Long.decode(words[2]); at += 3) {
                    addresses.add(at);
                }
            }
        }
        return addresses;
    }

    private static List<String> addr2line(Path program, List<Long> addresses) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("addr2line", "-f", "-e", program.toString()));
        addresses.forEach(address -> command.add("0x" + Long.toHexString(address)));
        return run(command.toArray(String[]::new)).lines().toList();
    }

    private static String run(String... command) throws IOException, InterruptedException {
        return run(Path.of("."), command);
    }

    private static String run(Path directory, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
