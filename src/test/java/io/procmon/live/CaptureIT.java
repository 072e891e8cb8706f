package io.procmon.live;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Prerequisites;
import io.procmon.bpf.CaptureOptions;
import io.procmon.bpf.KernelOptions;
import io.procmon.events.ErrorOutput;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.procmon.process.PrivatePrograms;
import io.procmon.source.LiveSource;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The captured standard error equals, byte for byte, the contents of a file that gets the same output. */
@Live
class CaptureIT {

    private static final Duration DEADLINE = Duration.ofMinutes(1);

    /**
     * Command lines whose standard error goes to the file {@code err} of their directory; by the name of the directory.
     */
    private static final Map<String, String> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("gcc", "gcc ../../bad.c");
        COMMANDS.put("colours", "gcc -fdiagnostics-color=always ../../bad.c");
        COMMANDS.put("json", "gcc -fdiagnostics-format=json ../../bad.c");
        COMMANDS.put("gpp", "g++ -x c++ ../../bad.c");
        COMMANDS.put("linker", "gcc ../../link.c");
        COMMANDS.put("fine", "gcc -c ../../good.c");
        COMMANDS.put("manyErrors", "gcc -fmax-errors=300 ../../many.c");
        COMMANDS.put("python", "python3 ../../bad.py");
        COMMANDS.put("traceback", "python3 ../../deep.py");
        COMMANDS.put("assertion", "../../assertion");
        COMMANDS.put("writev", "../../vectors");
        COMMANDS.put("large", "../../large");
        COMMANDS.put("threads", "../../threads");
        COMMANDS.put("static", "../../static");
        COMMANDS.put("small", "../../small32");
        if (Shell.has32BitLibrary()) {
            COMMANDS.put("multilib", "../../multilib");
        }
    }

    private static final Map<String, String> PROGRAMS =
            Map.of("assertion", """
            #include <assert.h>
            #include <stddef.h>
            int main(void) { void *p = NULL; assert(p != NULL); }
            """, "vectors", """
            #include <stdio.h>
            #include <sys/uio.h>
            int main(void) {
              struct iovec parts[3] = {{"one ", 4}, {"", 0}, {"two\\n", 4}};
              writev(2, parts, 3);
              writev(1, parts, 3);
              perror("three");
            }
            """, "large", """
            #include <string.h>
            #include <unistd.h>
            static char text[1000000];
            int main(void) {
              for (int i = 0; i < (int)sizeof text; i++) text[i] = 'a' + i % 23;
              write(2, "begin", 5);
              write(2, text, sizeof text);
              for (int i = 0; i < 5000; i++) write(2, text + i, 7);
            }
            """, "threads", """
            #include <pthread.h>
            #include <unistd.h>
            static void *twenty(void *text) { for (int i = 0; i < 20; i++) write(2, text, 1); return 0; }
            int main(void) {
              pthread_t threads[4];
              for (int i = 0; i < 4; i++) pthread_create(&threads[i], 0, twenty, "x");
              for (int i = 0; i < 4; i++) pthread_join(threads[i], 0);
            }
            """, "static", """
            #include <stdio.h>
            int main(void) { fprintf(stderr, "%s: %d\\n", "a static program", 42); return 3; }
            """);

    /** A 32-bit program whose C library calls the kernel through the vDSO. */
    private static final String MULTILIB = """
            #include <stdio.h>
            #include <sys/uio.h>
            #include <unistd.h>
            static char text[20000];
            int main(void) {
              struct iovec parts[3] = {{"one ", 4}, {"", 0}, {text, sizeof text}};
              for (int i = 0; i < (int)sizeof text; i++) text[i] = 'a' + i % 23;
              fprintf(stderr, "%s: %d\\n", "a program of 32 bits", 42);
              writev(2, parts, 3);
              writev(1, parts, 3);
              write(2, text, sizeof text);
              write(2, (char *)0, 4);
              execl("/bin/sh-that-is-missing", "sh", (char *)0);
              perror("execl");
            }
            """;

    /** A 32-bit program without a C library, because few machines have one for 32 bits. */
    private static final String SMALL = """
            static int call(int number, int a, const void *b, int c) {
              int result;
              __asm__ volatile("int $0x80" : "=a"(result) : "a"(number), "b"(a), "c"(b), "d"(c) : "memory");
              return result;
            }
            struct part { const char *text; unsigned size; };
            struct wide_part { unsigned long long text, size; };
            /* The number of getpid is that of writev in a 64-bit program. The registers have the arguments of that writev. */
            static void get_pid(const struct wide_part *part) {
              int result;
              __asm__ volatile("int $0x80" : "=a"(result) : "a"(20), "D"(2), "S"(part), "d"(1) : "memory");
            }
            void _start(void) {
              struct part parts[2] = {{"in two ", 7}, {"parts\\n", 6}};
              static const char unwritten[] = "not written\\n";
              struct wide_part wide = {(unsigned long)unwritten, sizeof unwritten - 1};
              call(4, 2, "of 32 bits\\n", 11);
              get_pid(&wide);
              call(146, 2, parts, 2);
              call(1, 0, 0, 0);
            }
            """;

    @Test
    void capturedText_isWhatAFileGot(Lab lab) throws Exception {
        Prerequisites.programs("gcc", "g++", "python3");
        String prefix = lab.ownPrefix();
        LiveSource source = source(prefix, Optional.of(new CaptureOptions(prefix, CaptureIT::mayBeCaptured)));
        AssertSubscriber<KernelRecord> records = watch(source);
        var student = homework(lab, prefix);
        Map<String, byte[]> written = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, String> command : COMMANDS.entrySet()) {
                String directory = "hw1/in/" + command.getKey();
                student.write(directory + "/err", "");
                student.run(directory, "sh", "-c", "exec " + command.getValue() + " 2>err");
                written.put(command.getKey(), Files.readAllBytes(student.file(directory + "/err")));
            }
        } finally {
            source.stop();
            records.awaitCompletion(DEADLINE);
        }

        Map<String, ErrorOutput> captured = textsByDirectory(records.getItems());
        assertThat(written).allSatisfy((name, text) -> {
            if (text.length == 0) {
                assertThat(captured).doesNotContainKey(name);
                return;
            }
            ErrorOutput output = captured.get(name);
            assertThat(output).as(name).isNotNull();
            assertThat(output.bytes()).as(name).isEqualTo(text.length);
            assertThat(output.unreadBytes()).as(name).isZero();
            byte[] head = output.head();
            byte[] tail = output.tail();
            assertThat(new String(head, ISO_8859_1)).isEqualTo(new String(text, 0, head.length, ISO_8859_1));
            assertThat(new String(tail, ISO_8859_1))
                    .isEqualTo(new String(text, text.length - tail.length, tail.length, ISO_8859_1));
            assertThat(output.hasGap()).as(name).isEqualTo(text.length > 2 * ErrorOutput.PART_MAX);
        });
        assertThat(captured.get("gcc").isIncomplete()).isFalse();
        assertThat(written.get("fine")).isEmpty();
    }

    @Test
    void shell_isNeverCaptured(Lab lab) {
        String prefix = lab.ownPrefix();
        LiveSource source = source(prefix, Optional.of(new CaptureOptions(prefix, CaptureIT::mayBeCaptured)));
        AssertSubscriber<KernelRecord> records = watch(source);
        var student = homework(lab, prefix);
        try {
            student.run("hw1", "sh", "-c", "first-secret");
            student.run("hw1", "bash", "-c", "second-secret");
        } finally {
            source.stop();
            records.awaitCompletion(DEADLINE);
        }

        assertThat(records.getItems()).filteredOn(ExecRecord.class::isInstance).isNotEmpty();
        assertThat(textsByDirectory(records.getItems())).isEmpty();
        assertThat(source.captured().refused()).isPositive();
    }

    @Test
    void off_capturesNothing(Lab lab) {
        String prefix = lab.ownPrefix();
        LiveSource source = source(prefix, Optional.empty());
        AssertSubscriber<KernelRecord> records = watch(source);
        var student = homework(lab, prefix);
        try {
            student.run("hw1", "gcc", "bad.c");
        } finally {
            source.stop();
            records.awaitCompletion(DEADLINE);
        }

        assertThat(records.getItems()).filteredOn(ExitRecord.class::isInstance).isNotEmpty();
        assertThat(textsByDirectory(records.getItems())).isEmpty();
    }

    private static LiveSource source(String prefix, Optional<CaptureOptions> capture) {
        return new LiveSource(
                new KernelOptions(prefix, 1 << 20, 1 << 20, 1024, false, 0, 1, Duration.ofMillis(4)), capture);
    }

    /**
     * Watches, and permits every program except shells. The container's first program is permitted, too, so the hook
     * stays attached.
     */
    private static AssertSubscriber<KernelRecord> watch(LiveSource source) {
        return subscribe(source, record -> {
            if (record instanceof ExecRecord exec && mayBeCaptured(exec)) {
                source.permitText(exec.image());
            } else if (record instanceof ExitRecord exit) {
                source.releaseText(exit.image());
            }
        });
    }

    private static AssertSubscriber<KernelRecord> subscribe(LiveSource source, Consumer<KernelRecord> each) {
        AssertSubscriber<KernelRecord> records =
                source.records().invoke(each).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        source.started().toCompletableFuture().join();
        return records;
    }

    private static boolean mayBeCaptured(ExecRecord exec) {
        return !PrivatePrograms.include(exec.call().executable().path());
    }

    /** The joined texts of all images that ran in a directory. */
    private static Map<String, ErrorOutput> textsByDirectory(List<KernelRecord> records) {
        Map<ImageKey, String> directories = new HashMap<>();
        Map<String, ErrorOutput> texts = new HashMap<>();
        for (KernelRecord record : records) {
            if (record instanceof ExecRecord exec) {
                directories.put(exec.image(), exec.call().cwd().fileName());
            }
        }
        records.stream()
                .filter(ExitRecord.class::isInstance)
                .map(ExitRecord.class::cast)
                .filter(exit -> exit.errorOutput().isPresent())
                .collect(groupingBy(
                        exit -> directories.getOrDefault(exit.image(), "?"),
                        mapping(exit -> exit.errorOutput().orElseThrow(), toList())))
                .forEach((directory, parts) -> ErrorOutput.join(parts).ifPresent(text -> texts.put(directory, text)));
        return texts;
    }

    private static StudentContainer homework(Lab lab, String prefix) {
        var student = lab.container(prefix + lab.nextStudent())
                .write("hw1/good.c", "int main(void) { return 0; }\n")
                .write("hw1/bad.c", "int main(void) { int x = 1\n return y; }\n")
                .write("hw1/link.c", "int missing(void);\nint main(void) { return missing(); }\n")
                .write("hw1/many.c", "int main(void) {\n" + " undeclared = 1; }\nvoid f(void) {\n".repeat(300) + "}\n")
                .write("hw1/bad.py", "def f(:\n  pass\n")
                .write(
                        "hw1/deep.py",
                        "def f(n):\n  return g(n)\ndef g(n):\n  return 1 / n if n == 0 else f(n - 1)\nf(20)\n")
                .write(
                        "hw1/slow.py",
                        "import sys, time\nprint('one', file=sys.stderr)\ntime.sleep(2.5)\nprint('two', file=sys.stderr)\n");
        PROGRAMS.forEach(
                (name, source) -> build(student, name, source, name.equals("static") ? "-static" : "-pthread"));
        if (Shell.has32BitLibrary()) {
            build(student, "multilib", MULTILIB, "-m32");
        }
        build(student, "small32", SMALL, "-m32", "-nostdlib", "-static", "-fno-pic", "-fno-stack-protector");
        return student;
    }

    private static void build(StudentContainer student, String name, String source, String... options) {
        student.write("hw1/" + name + ".c", source);
        List<String> command = new ArrayList<>(List.of("gcc", "-w", "-O0"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-o",
                student.file("hw1/" + name).toString(),
                student.file("hw1/" + name + ".c").toString()));
        Shell.run(command.toArray(String[]::new));
    }
}
