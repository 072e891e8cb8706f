package io.procmon.stream;

import io.quarkus.logging.Log;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks the stages on its own thread, and ends a process that hangs: see {@link Watchdog}. */
final class WatchdogThread {

    /** EX_TEMPFAIL of sysexits.h: another try may succeed. */
    static final int EXIT_STATUS = 75;

    private static final int FRAMES = 12;

    private WatchdogThread() {}

    /** A watchdog that ends this process. The spool keeps all activities that are on disk. */
    static Watchdog watchdog() {
        return new Watchdog(WatchdogThread::end);
    }

    /**
     * Checks the stages periodically on its own thread.
     *
     * @return ends the checks
     */
    static Runnable checkWith(Watchdog watchdog) {
        Thread thread = Thread.ofPlatform().name("watchdog").daemon().start(() -> {
            try {
                while (true) {
                    Thread.sleep(Watchdog.PAUSE); // LockSupport.parkNanos may return early
                    watchdog.check();
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt(); // the checks end
            }
        });
        return thread::interrupt;
    }

    private static void end(List<String> stages) {
        Log.fatalf(
                "no progress for a minute in: %s; procmon ends with status %d, so that a supervisor starts it again; threads: %s",
                String.join(", ", stages), EXIT_STATUS, stacks());
        Runtime.getRuntime().halt(EXIT_STATUS); // a shutdown would wait for the stage
    }

    private static String stacks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(it -> Stream.of("ring-buffer", "pipeline", "register", "spool", "delivery", "vert.x-eventloop")
                        .anyMatch(it.getKey().getName()::startsWith))
                .map(WatchdogThread::stack)
                .collect(Collectors.joining("; "));
    }

    private static String stack(Map.Entry<Thread, StackTraceElement[]> thread) {
        return thread.getKey().getName()
                + Stream.of(thread.getValue())
                        .limit(FRAMES)
                        .map(StackTraceElement::toString)
                        .collect(Collectors.joining(" < ", " at ", ""));
    }
}
