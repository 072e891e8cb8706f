package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.procmon.Prerequisites;
import io.procmon.bpf.CaptureOptions;
import io.procmon.bpf.KernelOptions;
import io.procmon.diagnostics.Crash;
import io.procmon.diagnostics.Places;
import io.procmon.events.CrashDump;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.procmon.process.ContainerPath;
import io.procmon.procfs.ProcessRoot;
import io.procmon.source.LiveSource;
import io.procmon.symbols.CrashReader;
import io.procmon.symbols.ProgramFiles;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Compares the places of crashes with gdb and addr2line. */
@Live
class CrashIT {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    /** A frame as gdb prints it: the function, and the line if it is known. */
    private static final Pattern GDB_FRAME = Pattern.compile(
            "^#\\d+ +(?:0x[0-9a-f]+ in )?([^ ]+(?: const)?) \\(.*?\\)(?: at (.*):(\\d+))?(?: from .*)?$");

    /** The compiler and its options, by the name of the program. */
    private static final Map<String, String> BUILDS = new LinkedHashMap<>();

    static {
        BUILDS.put("plain", "gcc -g -O0");
        BUILDS.put("nopie", "gcc -g -O0 -no-pie -fno-pie");
        BUILDS.put("static", "gcc -g -O0 -static");
        BUILDS.put("staticpie", "gcc -g -O0 -static-pie");
        BUILDS.put("stripped", "gcc -O0 -s");
        BUILDS.put("nodebug", "gcc -O0");
        BUILDS.put("optimised", "gcc -g -O2");
        BUILDS.put("small", "gcc -g -Os -fomit-frame-pointer");
        BUILDS.put("whole", "gcc -g -O2 -flto");
        BUILDS.put("wholeplain", "gcc -g -O0 -flto");
        BUILDS.put("fewer", "gcc -g1 -O0");
        BUILDS.put("macros", "gcc -g3 -O0");
        BUILDS.put("dwarf4", "gcc -gdwarf-4 -O0");
        BUILDS.put("dwarf3", "gcc -gdwarf-3 -gstrict-dwarf -O0");
        BUILDS.put("types", "gcc -gdwarf-4 -fdebug-types-section -O0");
        BUILDS.put("compressed", "gcc -g -O0 -gz=zlib");
        BUILDS.put("oldcompressed", "gcc -g -O0 -gz=zlib-gnu");
        BUILDS.put("split", "gcc -g -O0 -gsplit-dwarf");
        BUILDS.put("split4", "gcc -gdwarf-4 -O0 -gsplit-dwarf");
        BUILDS.put("protected", "gcc -g -O0 -fstack-protector-all -fcf-protection");
        BUILDS.put("clang", "clang -g -O0");
        BUILDS.put("clangoptimised", "clang -g -O2");
        BUILDS.put("musl", "musl-gcc -g -O0");
        BUILDS.put("muslstatic", "musl-gcc -g -O0 -static");
        if (Shell.has32BitLibrary()) {
            BUILDS.put("multilib", "gcc -g -O0 -m32");
        }
    }

    /** The same for C++. */
    private static final Map<String, String> BUILDS_IN_CPP = Map.of(
            "cpp", "g++ -g -O0",
            "cppsplit", "g++ -g -O0 -gsplit-dwarf",
            "cpptypes", "g++ -gdwarf-4 -fdebug-types-section -O0");

    private static final String SOURCE = """
            struct list { char data[16]; int size; };
            static void push(struct list *list, int value) {
              list->size = value;
            }
            int main(void) {
              push((struct list *)0, 1);
            }
            """;

    /** Builds with inlined functions. */
    private static final Set<String> INLINED = Set.of("optimised", "small", "whole", "clangoptimised");

    /** The first function of a program, below the C library. Debuggers do not agree whether it belongs to the stack. */
    private static final String START = "_start";

    private static final String SOURCES = "src/test/c";

    /** Ways of crashing; each with the plain build. */
    private static final List<String> WAYS = List.of(
            "null",
            "recursion",
            "division",
            "aborts",
            "asserts",
            "length",
            "thread",
            "bus",
            "illegal",
            "nowhere",
            "sorting",
            "large",
            "handler",
            "twice",
            "trap",
            "literal",
            "wild",
            "elsewhere",
            "returning",
            "varying",
            "forbidden",
            "corrupt",
            "faulting",
            "alternate",
            "opened",
            "parent",
            "constructor",
            "numbered");

    /** Programs whose file is not there any more when they crash. */
    private static final List<String> GONE = List.of("removed", "rebuilt");

    private static final List<String> WAYS_IN_CPP = List.of("method", "template", "exception");

    private static final List<String> WAYS_IN_RUST = List.of("rusty", "gives_up");

    private static final String LIBRARY = "libcrash.so";

    /** Only the frames on the stack of the signal handler are known. */
    private static final String PARTIAL = "alternate";

    /** addr2line does not find the lines of several units in split files. */
    private static final String NOT_OF_ADDR2LINE = "cppsplit";

    @Test
    void crash_isWhereTheDebuggersSay(Lab lab) throws InterruptedException {
        Prerequisites.programs("gcc", "g++", "gdb", "addr2line");
        String prefix = lab.ownPrefix();
        StudentContainer student = lab.container(prefix + lab.nextStudent());
        Map<String, String[]> commands = build(student);
        Map<String, Crash> crashes = watch(prefix, student, commands);

        assertThat(crashes).containsOnlyKeys(commands.keySet());
        assertThat(commands).hasSizeGreaterThan(20);
        List<String> differences = new ArrayList<>();
        commands.forEach((name, command) -> compare(name, command, crashes.get(name), student, differences));
        assertThat(differences).as(String.join("\n", differences)).isEmpty();
    }

    @Test
    void eventOfARun_saysWhereItCrashed(Lab lab) {
        Prerequisites.programs("gcc");
        String prefix = lab.ownPrefix();
        Receiver backend = lab.receiver();
        lab.procmon(prefix, backend, Map.of("PROCMON_DIAGNOSTICS_LEVEL", "messages"));
        StudentContainer student = lab.container(prefix + lab.nextStudent());
        student.write("hw1/list.c", SOURCE);
        student.run("hw1", "gcc", "-g", "-o", "list", "list.c");
        student.run("hw1", StudentContainer.PROJECT + "/hw1/list");

        JsonNode run = student.eventsAt(backend).stream()
                .filter(event -> event.kind().equals("run"))
                .findFirst()
                .orElseThrow()
                .body();

        assertThat(run.required("exit_code").intValue()).isEqualTo(139);
        JsonNode crash = run.required("crash");
        assertThat(crash.required("signal").intValue()).isEqualTo(11);
        assertThat(crash.required("address").textValue()).isEqualTo("0x10");
        assertThat(crash.required("frames").findValuesAsText("function")).containsExactly("push", "main");
        assertThat(crash.required("frames").findValuesAsText("file")).containsExactly("list.c", "list.c");
        assertThat(crash.required("frames").findValuesAsText("line")).containsExactly("3", "6");
        assertThat(run.required("diagnostics").get(0).required("message").textValue())
                .isEqualTo("SIGSEGV in push");
    }

    private static Map<String, String[]> build(StudentContainer student) {
        Map<String, String[]> commands = new LinkedHashMap<>();
        student.write("hw1/README", "programs that crash\n");
        BUILDS.forEach((name, command) -> {
            if (compile(command + " -w -pthread -Wl,-rpath,$ORIGIN", "crash.c", student.file("hw1/" + name))) {
                commands.put(name, new String[] {name, "null"});
            }
        });
        compile("gcc -g -O0 -shared -fPIC", "crash_library.c", student.file("hw1/" + LIBRARY));
        install(WAYS, "plain", student, commands);
        install(GONE, "plain", student, commands);
        compile(
                "gcc -g -O0 -m32 -nostdlib -static -fno-pic -fno-stack-protector -fasynchronous-unwind-tables",
                "crash32.c",
                student.file("hw1/small32"));
        commands.put("small32", new String[] {"small32", "null"});
        BUILDS_IN_CPP.forEach((name, command) -> {
            compile(command, "crash.cpp", student.file("hw1/" + name));
            commands.put(name, new String[] {name, "template"});
        });
        install(WAYS_IN_CPP, "cpp", student, commands);
        if (compile("rustc -g", "crash.rs", student.file("hw1/rust"))) {
            install(WAYS_IN_RUST, "rust", student, commands);
        }
        return commands;
    }

    private static void install(
            List<String> ways, String program, StudentContainer student, Map<String, String[]> commands) {
        for (String way : ways) {
            student.install("hw1/" + way, student.file("hw1/" + program));
            commands.put(way, new String[] {way, way});
        }
    }

    /** Compiles a program of the tests. Returns false if the compiler is not installed. */
    private static boolean compile(String compiler, String source, Path program) {
        List<String> command = new ArrayList<>(Arrays.asList(compiler.split(" ", -1)));
        if (!Prerequisites.isOnPath(command.getFirst())) {
            return false;
        }
        command.addAll(List.of(
                "-o",
                program.toString(),
                Path.of(SOURCES, source).toAbsolutePath().toString()));
        Shell.run(command.toArray(String[]::new));
        return true;
    }

    /** Runs each program as the student; the crash by the name of the program. */
    private static Map<String, Crash> watch(String prefix, StudentContainer student, Map<String, String[]> commands)
            throws InterruptedException {
        LiveSource source = new LiveSource(
                new KernelOptions(prefix, 1 << 20, 1 << 20, 1024, true, 0, 1, Duration.ofMillis(4)),
                Optional.of(new CaptureOptions(prefix, _ -> false)));
        Map<ImageKey, ExecRecord> execs = new HashMap<>();
        Map<String, Crash> crashes = new ConcurrentHashMap<>();
        BlockingQueue<ImageKey> ended = new LinkedBlockingQueue<>();
        AssertSubscriber<KernelRecord> records = source.records()
                .invoke(record -> {
                    if (record instanceof ExecRecord exec) {
                        execs.put(exec.image(), exec);
                    } else if (record instanceof ExitRecord exit && execs.containsKey(exit.image())) {
                        ExecRecord exec = execs.get(exit.image());
                        exit.crash()
                                .ifPresent(dump -> crashes.put(
                                        exec.call().executable().path().fileName(), read(dump, exec)));
                        ended.add(exit.image());
                    }
                })
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        source.started().toCompletableFuture().join();
        try {
            for (String[] command : commands.values()) {
                student.run("hw1", StudentContainer.PROJECT + "/hw1/" + command[0], command[1]);
                assertThat(ended.poll(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isNotNull();
            }
        } finally {
            source.stop();
            records.awaitCompletion(DEADLINE);
        }
        return crashes;
    }

    private static Crash read(CrashDump dump, ExecRecord exec) {
        Places places = Places.of(exec.call().cwd(), "hw1", ContainerPath.of(StudentContainer.PROJECT + "/hw1/x"));
        try (ProgramFiles files = new ProcessRoot().programsOf(exec)) {
            return CrashReader.read(dump, files, places);
        }
    }

    private static void compare(
            String name, String[] command, Crash crash, StudentContainer student, List<String> differences) {
        if (GONE.contains(name)) {
            if (crash.frames().stream()
                    .anyMatch(frame -> frame.module().filter(name::equals).isPresent()
                            && (frame.function().isPresent() || frame.line().isPresent()))) {
                differences.add("%s: %s, but the file is not there".formatted(name, crash.frames()));
            }
            return;
        }
        String program = student.file("hw1/" + name).toString();
        List<Crash.Frame> own = crash.frames().stream()
                .filter(frame -> frame.module()
                        .filter(it -> !it.equals(name) && !it.equals(LIBRARY))
                        .isEmpty())
                .filter(frame -> frame.function().filter(START::equals).isEmpty())
                .filter(frame -> !WAYS_IN_RUST.contains(name)
                        || frame.file().filter(it -> it.contains(SOURCES)).isPresent())
                .toList();
        for (Crash.Frame frame : own) {
            if (frame.module().isPresent() && !name.equals(NOT_OF_ADDR2LINE)) {
                String module = student.file("hw1/" + frame.module().get()).toString();
                compareWithAddr2line(name, module, frame, differences);
            }
        }
        List<String> ours = own.stream()
                .map(frame -> frame.function().orElse("??") + line(frame))
                .toList();
        List<String> theirs = gdb(program, command[1]);
        boolean isWhole = crash.frames().size() == Crash.MOST || name.equals("stripped") || name.equals(PARTIAL);
        List<String> comparable = isWhole ? theirs.subList(0, Math.min(ours.size(), theirs.size())) : theirs;
        int from = name.equals("recursion") ? 1 : 0; // each run overflows the stack at another instruction
        if (ours.size() <= from
                || (!INLINED.contains(name) && !after(from, ours).equals(after(from, comparable)))) {
            differences.add("%s: %s, but gdb: %s".formatted(name, ours, theirs));
        }
    }

    private static List<String> after(int from, List<String> frames) {
        return frames.subList(Math.min(from, frames.size()), frames.size());
    }

    /** For an inlined function, addr2line has the name. */
    private static void compareWithAddr2line(String name, String program, Crash.Frame frame, List<String> differences) {
        String at = "0x" + Long.toHexString(frame.address().orElseThrow());
        List<String> said =
                Shell.run("addr2line", "-f", "-C", "-e", program, at).lines().toList();
        String function = said.get(0).replaceFirst("\\(.*", "");
        String place = said.get(1)
                .replaceFirst(" \\(discr.*", "")
                .replace("<artificial>", SOURCES + "/crash.c"); // after -flto, addr2line has no name of the file
        boolean isSameLine = frame.file().isPresent()
                ? (frame.file().get() + line(frame)).equals(place)
                : place.endsWith(":?") || place.endsWith(":0");
        if (!isSameLine
                || (!INLINED.contains(name)
                        && !function.endsWith(frame.function().orElse("??")))) {
            differences.add("%s at %s: %s, but addr2line: %s %s".formatted(name, at, frame, function, place));
        }
    }

    private static String line(Crash.Frame frame) {
        return frame.line().isPresent() ? ":" + frame.line().getAsInt() : "";
    }

    /**
     * The frames of the program; gdb may know those of libraries too, on a machine with their debugging information.
     */
    private static List<String> gdb(String program, String argument) {
        List<String> frames = new ArrayList<>();
        List<String> command = new ArrayList<>(List.of("gdb", "-batch", "-nx"));
        List<String> steps = new ArrayList<>(List.of("set width 0", "set debuginfod enabled off"));
        steps.add("set print frame-arguments none");
        steps.add("handle SIGUSR1 nostop noprint pass");
        if (argument.equals("handler")) {
            steps.add("handle SIGSEGV nostop noprint pass");
        }
        steps.addAll(List.of("run", "bt 20"));
        steps.forEach(step -> command.addAll(List.of("-ex", step)));
        command.addAll(List.of("--args", program, argument));
        for (String line : Shell.run(command.toArray(String[]::new)).split("\n", -1)) {
            Matcher frame = GDB_FRAME.matcher(line);
            if (frame.matches()
                    && !frame.group(1).equals(START)
                    && (frame.group(2) == null
                            ? !line.contains(" from ")
                            : frame.group(2).contains(SOURCES))) {
                frames.add(frame.group(1).replaceFirst("\\(.*", "")
                        + (frame.group(3) == null ? "" : ":" + frame.group(3)));
                if (frame.group(1).equals("main")) {
                    break;
                }
            }
        }
        return frames;
    }
}
