package io.procmon.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A student who executes numbered programs, and a procmon for this student alone. procmon can be restarted; its spool
 * and the backend's address stay.
 */
record Outpost(Lab lab, PostOffice office, String prefix, Path spool, StudentContainer student) {

    /** The line that procmon prints for a spooled activity. */
    private static final Pattern KEPT = Pattern.compile("  (run[0-9]+) +ok  ");

    private static final String PROGRAM = "hw1/program";

    static Outpost of(Lab lab, PostOffice office) {
        String prefix = lab.ownPrefix();
        return new Outpost(lab, lab.keep(office), prefix, lab.newDirectory(), student(lab, prefix));
    }

    /** An outpost with another student. */
    Outpost neighbour() {
        return new Outpost(lab, office, prefix, spool, student(lab, prefix));
    }

    /** The student id in events. */
    String studentId() {
        return student.hostname().substring(student.hostname().lastIndexOf('-') + 1);
    }

    private static StudentContainer student(Lab lab, String prefix) {
        return lab.container(prefix + lab.nextStudent())
                .install(PROGRAM, lab.programs().tiny());
    }

    /** Starts procmon, and waits until it watches. */
    Service start(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PROCMON_HOSTNAME_PREFIX",
                prefix,
                "PROCMON_SPOOL_DIR",
                spool.toString(),
                "PROCMON_PRINT",
                "true",
                "PROCMON_API_RETRY_WAIT",
                "1S",
                "API_TIMEOUT",
                "60",
                "API_ENDPOINT",
                office.address().toString()));
        environment.putAll(more);
        return lab.keep(Service.start(lab.newDirectory().resolve("log"), environment));
    }

    Service start() {
        return start(Map.of());
    }

    /** Executes one numbered program. */
    StudentContainer.Running begin(int number) {
        try {
            Files.createLink(student.file("hw1/" + name(number)), student.file(PROGRAM));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return student.start("hw1", "./" + name(number));
    }

    /** Executes the programs from number 0 on, one after the other. */
    List<String> run(int count) {
        return run(0, count);
    }

    /** Executes programs from a number on, one after the other. */
    List<String> run(int from, int count) {
        return IntStream.range(from, from + count)
                .peek(number -> begin(number).end())
                .mapToObj(Outpost::name)
                .toList();
    }

    /** Waits until everything that has ended is in the spool. */
    static void awaitKept(Service procmon, int count) {
        Await.until(
                "%d activities are kept".formatted(count), () -> kept(procmon).size() == count);
    }

    /** The programs whose activities procmon has reported as spooled, in that order. */
    static List<String> kept(Service procmon) {
        return KEPT.matcher(procmon.log())
                .results()
                .map((MatchResult it) -> it.group(1))
                .toList();
    }

    /** Waits until the backend has received all of them. */
    void awaitArrival(Set<String> names) {
        Await.until(
                "%d activities arrive".formatted(names.size()),
                () -> office.targets().containsAll(names));
    }

    /** The name of a program. */
    static String name(int number) {
        return "run" + number;
    }
}
