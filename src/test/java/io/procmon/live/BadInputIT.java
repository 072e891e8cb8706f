package io.procmon.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Command lines at the limits of the kernel, and with unusual contents. Each is one event with all available facts. */
@Live
class BadInputIT {

    /** The longest argument, without its NUL: MAX_ARG_STRLEN (128 KiB), include/uapi/linux/binfmts.h. */
    private static final int ARGUMENT_MAX = 128 * 1024 - 1;

    private static final int SLEEPERS = 140;

    /** gcc passes the argument to its parts as a part of a longer argument, so the build fails. */
    @Test
    void longestArgumentThereIs(Lab lab) {
        var student = Samples.in(lab.student(), lab.programs());

        student.run("hw1", "gcc", "-c", "main.c", "-DX=" + "x".repeat(ARGUMENT_MAX - 4));

        Event build = onlyEvent(lab, student);
        assertThat(build.summary()).isEqualTo("hw1 build GCC 1 " + path("main.c"));
    }

    @Test
    void hundredThousandEmptyArguments(Lab lab) {
        var student = Samples.in(lab.student(), lab.programs());
        List<String> command = new ArrayList<>(List.of("./ends", "exit", "3"));
        command.addAll(Collections.nCopies(100_000, ""));

        student.run("hw1", command.toArray(String[]::new));

        assertThat(onlyEvent(lab, student).summary()).isEqualTo("hw1 run USER_BINARY 3 " + path("ends"));
    }

    /** As Java objects, these arguments would take thirty times as much memory as in the kernel. */
    @Test
    void sleepersWithThousandsOfArguments_takeNobodysMemory(Lab lab) {
        var prefix = lab.ownPrefix();
        var backend = lab.receiver();
        var procmon = lab.procmon(prefix, backend, Map.of("JDK_JAVA_OPTIONS", "-Xmx64m"));
        var student = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
        student.write("hw1/wait", "");
        List<String> command = new ArrayList<>(List.of("./ends", "when-gone", "wait", "6"));
        command.addAll(Collections.nCopies(16_000, "a"));

        student.run("hw1", "bash", "-c", """
                a=$(yes a | head -n 16000)
                for i in $(seq %d); do ./ends when-gone wait 6 $a & sleep 0.04; done
                sleep 1; rm wait; wait
                """.formatted(SLEEPERS));

        List<Event> events = student.eventsAt(backend);
        assertThat(events)
                .extracting(Event::summary)
                .isEqualTo(Collections.nCopies(SLEEPERS, "hw1 run USER_BINARY 6 " + path("ends")));
        assertThat(events)
                .filteredOn(event -> event.list("arguments").size() == command.size())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.list("arguments")).isEqualTo(command));
        assertThat(events)
                .filteredOn(event -> event.list("arguments").size() < command.size())
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.list("truncated")).containsExactly("argv"));
        assertThat(procmon.log()).doesNotContain("ERROR", "OutOfMemory");
    }

    @Test
    void bytesThatAreNoText(Lab lab) {
        var student = Samples.in(lab.student(), lab.programs());
        byte[] odd = {'\n', 27, '[', '3', '1', 'm', 1, 127, (byte) 0xff, (byte) 0xc3, '"', '\\'};

        student.start(
                        path("").getBytes(UTF_8),
                        List.of("python3".getBytes(UTF_8), "main.py".getBytes(UTF_8), odd, new byte[0]))
                .end();

        Event run = onlyEvent(lab, student);
        assertThat(run.summary()).isEqualTo("hw1 run PYTHON 0 " + path("main.py"));
        assertThat(run.list("arguments"))
                .isEqualTo(Arrays.asList("python3", "main.py", "\n\u001b[31m\u0001\u007f\ufffd\ufffd\"\\", ""));
    }

    @Test
    void pathOfTenThousandSteps(Lab lab) {
        var student = Samples.in(lab.student(), lab.programs());

        student.run("hw1", "gcc", "-c", "../".repeat(10_000) + path("main.c").substring(1));

        assertThat(onlyEvent(lab, student).summary()).isEqualTo("hw1 build GCC 1 " + path("main.c"));
    }

    private static Event onlyEvent(Lab lab, StudentContainer student) {
        List<Event> events = lab.events(student);
        assertThat(events).hasSize(1);
        return events.getFirst();
    }

    private static String path(String name) {
        return StudentContainer.PROJECT + "/hw1/" + name;
    }
}
