package io.procmon.live;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.ArtefactUnderTest;
import io.procmon.ThreadTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Limits of procmon's cost. They are counts that do not depend on the speed of the machine: wake-ups, bytes,
 * connections, allocated memory. {@code ./dev bench} measures times.
 */
@Live
class CostIT {

    private static final Duration SETTLED = Duration.ofSeconds(10);
    private static final Duration REST = Duration.ofSeconds(20);
    private static final int WARM_UP = 100;
    private static final int RUNS = 200;

    /**
     * The limits of wake-ups without students, in 20 s, by thread. A thread that is not listed may not wake at all. The
     * kernel has 15 characters of a name: the first of the JVM's threads, the last of the native executable's.
     */
    private static final Map<String, Integer> WAKE_UPS = Map.ofEntries(
            entry("ring-buffer", 11), // the heartbeat: every 2 s
            entry("spool", 6), // marked dead letters and the age limit: every 5 s
            entry("register", 6), // running programs: every 5 s
            entry("watchdog", 6), // stages without progress: every 5 s
            entry(
                    "executor-thread",
                    20), // the timers of these checks and of the log of losses: one thread wakes the other
            entry("ecutor-thread", 12),
            entry("d-0 (scheduler)", 12),
            entry("vert.x-eventloo", 4), // idle connections: every 10 s
            entry("ntloop-thread", 4),
            entry("vertx-blocked-t", 4), // blocked event loops: every 10 s
            entry("-thread-checker", 4));

    private static final int ONE_BY_ONE = 40;
    private static final int PAUSE_MILLIS = 500;

    /**
     * The limits of wake-ups for one activity, at two a second, by thread. Without students, a thread wakes at most once a
     * second.
     */
    private static final Map<String, Double> WAKE_UPS_FOR_AN_ACTIVITY = Map.ofEntries(
            entry("ring-buffer", 3.6), // the exec; twice, records could have accumulated; the heartbeat
            entry("pipeline", 2.4), // the exec, the exit
            entry("spool", 2.5), // the report; 250 ms later, its settlement
            entry("vert.x-eventloo", 2.6), // the request, the answer
            entry("ntloop-thread", 2.6),
            entry("register", 1.4));

    /** The limit of all other threads, which do no work for an activity. */
    private static final double WAKE_UPS_OF_OTHERS = 0.9;

    /** The threads of the JVM itself and of the native executable's runtime. */
    private static final Pattern OF_THE_RUNTIME = Pattern.compile("[A-Z].*|java|ference Handler");

    /** The limits of the memory that an activity takes, in bytes, by thread of the JVM. */
    private static final Map<String, Long> ALLOCATED = Map.of(
            "ring-buffer", 4_000L,
            "pipeline", 60_000L,
            "spool", 6_000L,
            "vert.x-eventloop-thread", 36_000L,
            "register", 15_000L,
            "logbook", 12_000L);

    /** The limit of all other threads, which do no work for an activity. */
    private static final long OTHERS = 1_000;

    /** The limit of the bytes that an activity takes in all calls that write, without the request itself. */
    private static final long WRITTEN = 4_000;

    /** The lines of a thread dump that have allocated memory. */
    private static final Pattern ALLOCATING =
            Pattern.compile("^\"([^\"]+?)(?:-\\d+)?\".* allocated=(\\d+)([BKMG]) ", Pattern.MULTILINE);

    @Test
    void withoutStudents_threadsWakeForTheirTimersOnly(Lab lab) throws IOException {
        Service procmon = procmon(lab, lab.ownPrefix(), lab.receiver());
        pause(SETTLED);

        ThreadTimes before = ThreadTimes.of(procmon.pid());
        pause(REST);
        Map<String, ThreadTimes.Used> used = ThreadTimes.of(procmon.pid()).since(before);

        limitWakeUps(used, 1, "in " + REST, thread -> WAKE_UPS.getOrDefault(thread, 0));
        assertThat(used).containsKeys("ring-buffer", "spool", "register", "watchdog");
    }

    @Test
    void activitiesOneByOne_wakeEachThreadOncePerStep(Lab lab) throws IOException {
        Receiver backend = lab.receiver();
        String prefix = lab.ownPrefix();
        Service procmon = procmon(lab, prefix, backend);
        StudentContainer student = student(lab, prefix);
        run(student, backend, WARM_UP, 0);
        pause(SETTLED);

        ThreadTimes before = ThreadTimes.of(procmon.pid());
        run(student, backend, ONE_BY_ONE, PAUSE_MILLIS);
        Map<String, ThreadTimes.Used> used = ThreadTimes.of(procmon.pid()).since(before);

        limitWakeUps(
                used,
                ONE_BY_ONE,
                "for an activity",
                thread -> WAKE_UPS_FOR_AN_ACTIVITY.getOrDefault(thread, WAKE_UPS_OF_OTHERS));
        assertThat(used).containsKeys("ring-buffer", "pipeline", "spool", "register");
    }

    @Test
    void activities_areWrittenOnce_andShareAConnection(Lab lab) throws IOException {
        Receiver backend = lab.receiver();
        String prefix = lab.ownPrefix();
        Service procmon = procmon(lab, prefix, backend);
        StudentContainer student = student(lab, prefix);
        run(student, backend, WARM_UP, 0);

        long written = written(procmon.pid());
        long sent = bytes(backend);
        Map<String, Long> allocated = allocated(procmon);
        run(student, backend, RUNS, 0);
        SoftAssertions limits = new SoftAssertions();
        limits.assertThat((written(procmon.pid()) - written - (bytes(backend) - sent)) / RUNS)
                .as("written for an activity, beside its request")
                .isLessThan(WRITTEN);
        limits.assertThat(backend.connections()).as("connections").isOne();
        allocated(procmon)
                .forEach((thread, now) -> limits.assertThat(now - allocated.getOrDefault(thread, 0L))
                        .as("allocated by %s for %d activities", thread, RUNS)
                        .isLessThanOrEqualTo(RUNS * ALLOCATED.getOrDefault(thread, OTHERS)));

        limits.assertAll();
    }

    /** Limits the wake-ups of each thread of procmon, divided by a number. */
    private static void limitWakeUps(
            Map<String, ThreadTimes.Used> used, int divisor, String what, ToDoubleFunction<String> limit) {
        SoftAssertions limits = new SoftAssertions();
        used.forEach((thread, cost) -> {
            if (!OF_THE_RUNTIME.matcher(thread).matches()) {
                limits.assertThat(cost.wakeUps() / (double) divisor)
                        .as("wake-ups of %s %s", thread, what)
                        .isLessThanOrEqualTo(limit.applyAsDouble(thread));
            }
        });
        limits.assertAll();
    }

    private static Service procmon(Lab lab, String prefix, Receiver backend) {
        return lab.procmon(
                prefix, backend, Map.of("PROCMON_SPOOL_DIR", lab.newDirectory().toString()));
    }

    private static StudentContainer student(Lab lab, String prefix) {
        return lab.container(prefix + lab.nextStudent())
                .install("hw1/tiny", lab.programs().tiny())
                .install("repeat", lab.programs().repeat());
    }

    /** Executes a program several times, and waits until the backend has all of it. */
    private static void run(StudentContainer student, Receiver backend, int times, int pauseMillis) {
        int all = backend.events().size() + times;
        assertThat(student.run("hw1", "../repeat", "./tiny", Integer.toString(times), Integer.toString(pauseMillis))
                        .exitCode())
                .isZero();
        Await.until("all has arrived", () -> backend.events().size() == all);
    }

    private static long bytes(Receiver backend) {
        return backend.events().stream()
                .mapToLong(event -> event.body().toString().length())
                .sum();
    }

    /** The bytes of all calls that write, to files and to sockets: proc_pid_io(5). */
    private static long written(long pid) throws IOException {
        try (var lines = Files.lines(Path.of("/proc/%d/io".formatted(pid)))) {
            return lines.filter(line -> line.startsWith("wchar:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * The memory that each thread has allocated so far, in bytes, by its name without its number; empty for a native
     * executable, which does not report it.
     */
    private static Map<String, Long> allocated(Service procmon) {
        if (!ArtefactUnderTest.path().toString().endsWith(".jar")) {
            return Map.of();
        }
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        Map<String, Long> allocated = new TreeMap<>();
        Matcher threads = ALLOCATING.matcher(Shell.run(jcmd, Long.toString(procmon.pid()), "Thread.print", "-e"));
        while (threads.find()) {
            allocated.merge(threads.group(1), Long.parseLong(threads.group(2)) * unit(threads.group(3)), Long::sum);
        }
        assertThat(allocated).containsKeys("ring-buffer", "pipeline", "spool");
        return allocated;
    }

    private static long unit(String letter) {
        return switch (letter) {
            case "B" -> 1;
            case "K" -> 1L << 10;
            case "M" -> 1L << 20;
            default -> 1L << 30;
        };
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
