package io.procmon.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Attacks by one student do not affect another one. In each attack, an honest student works; all events of that student
 * arrive and are correct. At the end, the equations of the metrics hold.
 */
@Live
class HostileStudentIT {

    private static final String HW1 = StudentContainer.PROJECT + "/hw1/";
    private static final int HONEST_RUNS = 100;
    private static final int HOSTNAMES = 300;

    /** A node with a student who attacks and one who works. */
    private record Node(Receiver backend, Service procmon, StudentContainer hostile, StudentContainer honest) {

        static Node of(Lab lab) {
            String prefix = lab.ownPrefix();
            Receiver backend = lab.receiver();
            Service procmon = lab.procmon(prefix, backend, Map.of("JDK_JAVA_OPTIONS", "-Xmx64m"));
            StudentContainer hostile = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
            StudentContainer honest = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
            return new Node(backend, procmon, hostile, honest);
        }

        /** The honest student works, and all activities arrive. */
        void assertHonestWorkArrives() {
            honest.run("hw1", "gcc", "-o", "main", "main.c");
            honest.run("hw1", "./ends", "exit", "3");
            honest.run("hw1", "python3", "main.py");

            assertThat(honest.eventsAt(backend))
                    .extracting(Event::summary)
                    .containsExactly(
                            "hw1 build GCC 0 " + HW1 + "main.c",
                            "hw1 run USER_BINARY 3 " + HW1 + "ends",
                            "hw1 run PYTHON 0 " + HW1 + "main.py");
            procmon.metricsWhere("the counts balance", it -> it.complete() && it.allDecided());
            assertThat(procmon.log()).doesNotContain("is a bug", "OutOfMemory");
        }
    }

    @Test
    void timesThatNoClockHas(Lab lab) {
        Node node = Node.of(lab);

        node.hostile().run("hw1", "bash", "-c", """
                touch -d @9223372036854775807 /home/coder/odd && gcc main.c -o /home/coder/odd
                touch -d @-9223372036854775808 /home/coder/older && gcc main.c -o /home/coder/older
                cp ends late && touch -d @9223372036854775807 late; ./late exit 0
                """);

        node.assertHonestWorkArrives();
        assertThat(node.hostile().eventsAt(node.backend()))
                .extracting(Event::summary)
                .contains("hw1 build GCC 0 " + HW1 + "main.c", "hw1 run USER_BINARY 0 " + HW1 + "late");
    }

    @Test
    void fileThatTheStudentMayNotRead(Lab lab) throws IOException {
        Prerequisites.programs("setpriv");
        Node node = Node.of(lab);
        StudentContainer hostile = node.hostile().write("hw1/secret", "/root/stolen-words.c\n");
        Files.setPosixFilePermissions(hostile.file("hw1/secret"), PosixFilePermissions.fromString("rw-------"));

        hostile.run(
                "hw1",
                "setpriv",
                "--reuid=1000",
                "--regid=1000",
                "--clear-groups",
                "gcc",
                "-c",
                "@" + HW1 + "secret",
                "main.c",
                "-o",
                "/dev/null");

        node.assertHonestWorkArrives();
        List<Event> events = hostile.eventsAt(node.backend());
        assertThat(events).extracting(event -> event.text("type")).contains("GCC");
        assertThat(events).noneMatch(event -> event.body().toString().contains("stolen-words"));
    }

    @Test
    void memoryFileWithTheNameOfACompiler(Lab lab) {
        Node node = Node.of(lab);

        node.hostile().run("hw1", "python3", "-c", """
                import os
                file = os.memfd_create('/../usr/bin/gcc')
                os.write(file, open('ends', 'rb').read())
                os.execve(file, ['gcc', 'exit', '0', 'main.c'], os.environ)
                """);

        node.assertHonestWorkArrives();
        assertThat(node.hostile().eventsAt(node.backend()))
                .noneMatch(event -> event.text("type").equals("GCC"));
    }

    @Test
    void namesOfSeparatorsAndFormulas(Lab lab) throws IOException {
        Node node = Node.of(lab);
        String name = "=1+1\u2028\u202e\u0007\n@x";
        StudentContainer hostile = node.hostile();
        Files.copy(hostile.file("hw1/ends"), hostile.file("hw1/" + name));
        Files.setPosixFilePermissions(hostile.file("hw1/" + name), PosixFilePermissions.fromString("rwxr-xr-x"));

        hostile.start(
                        HW1.getBytes(UTF_8),
                        List.of(
                                ("./" + name).getBytes(UTF_8),
                                "exit".getBytes(UTF_8),
                                "0".getBytes(UTF_8),
                                "=cmd()".getBytes(UTF_8)))
                .end();

        node.assertHonestWorkArrives();
        assertThat(hostile.eventsAt(node.backend())).singleElement().satisfies(event -> {
            assertThat(event.text("target_path")).isEqualTo(HW1 + name);
            assertThat(event.list("arguments")).endsWith("=cmd()");
        });
        assertThat(node.procmon().log()).doesNotContain("\u2028", "\u202e", "\u0007");
    }

    /** Outside of any container, so that only the hostname identifies the student. */
    @Test
    void manyHostnamesWithoutAContainer(Lab lab) {
        Node node = Node.of(lab);
        String prefix = node.honest().hostname().replaceAll("os-1-.*", "");
        String program = node.hostile().file("hw1/ends").toString();

        String script = IntStream.range(0, HOSTNAMES)
                .mapToObj(i -> "printf %%s %sinvented%d-1-%d >/proc/sys/kernel/hostname; %s exit 0 || exit 1"
                        .formatted(prefix, i, i, program))
                .collect(Collectors.joining("\n"));
        Shell.run("unshare", "--uts", "sh", "-c", script);

        node.assertHonestWorkArrives();
        node.procmon().metricsWhere("the invented students' programs were seen", it -> it.received() >= HOSTNAMES);
    }

    @Test
    void floodOfLargeCommandLines(Lab lab) {
        Node node = Node.of(lab);
        StudentContainer.Running flood = node.hostile().start("hw1", "bash", "-c", """
                argument=$(head -c 31000 /dev/zero | tr '\\0' x)
                for ((i = 0; i < 1000; i++)); do ./ends exit 0 "$argument"; done
                """);

        for (int run = 0; run < HONEST_RUNS; run++) {
            node.honest().run("hw1", "./ends", "exit", "3");
        }

        assertThat(flood.end().exitCode()).isZero();
        assertThat(node.honest().eventsAt(node.backend()))
                .hasSize(HONEST_RUNS)
                .allMatch(event -> event.summary().equals("hw1 run USER_BINARY 3 " + HW1 + "ends"));
        node.procmon().metricsWhere("the counts balance", it -> it.complete() && it.allDecided());
        assertThat(node.procmon().log()).doesNotContain("is a bug", "OutOfMemory");
    }
}
