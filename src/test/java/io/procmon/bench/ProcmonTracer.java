package io.procmon.bench;

import io.procmon.diagnostics.DiagnosticsLevel;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * procmon, as users start it.
 *
 * @param name the name in the table
 * @param delivers whether activities go to a backend; if not, no directory counts as homework, so that each exec is
 * captured, joined and parsed, and stopped then
 * @param command the command line
 * @param students the prefix of the students' hostnames
 * @param workbench the directory of the benchmark
 * @param tag the text before the number of an exec
 */
record ProcmonTracer(
        String name, boolean delivers, List<String> command, String students, Workbench workbench, String tag)
        implements Tracer {

    private static final String NO_HOMEWORK = "(?!)";

    @Override
    public Running start() throws IOException {
        return delivers ? delivering() : capturing();
    }

    private Running capturing() throws IOException {
        int metrics = freePort();
        Path log = workbench.program("procmon.log");
        Process procmon = launch(metrics, log, Map.of("PROCMON_HOMEWORK_PATTERN", NO_HOMEWORK));
        return new Metered(procmon, metrics, Metered.UNDERSTOOD, log);
    }

    private Running delivering() throws IOException {
        Path log = workbench.program("procmon.log");
        Path file = workbench.program("sightings");
        Observer.forget(file);
        BenchReceiver.Http backend = BenchReceiver.http(workbench, tag);
        Sightings sightings = Observer.sightings(file);
        Map<String, String> environment = new HashMap<>(backend.environment());
        environment.putAll(spool());
        Process procmon = launch(freePort(), log, environment);
        return new Observed(procmon, Optional.of(backend.observer()), Optional.of(sightings), true, log);
    }

    /**
     * Starts it at a level of diagnostics, and waits until it watches.
     *
     * @throws TracerEnded if it does not run here
     */
    Metered start(BenchReceiver.Http receiver, DiagnosticsLevel level) throws IOException {
        int metrics = freePort();
        String label = level.name().toLowerCase(Locale.ROOT);
        Map<String, String> environment = new HashMap<>(receiver.environment());
        environment.putAll(spool());
        environment.put("PROCMON_DIAGNOSTICS_LEVEL", label);
        Path log = workbench.program("procmon-" + label + ".log");
        Metered running = new Metered(launch(metrics, log, environment), metrics, Metered.BEGUN, log);
        Patience.await(
                "the metrics", () -> running.count("") > 0 || !running.process().isAlive());
        if (!running.process().isAlive()) {
            throw new TracerEnded(running.lastWords());
        }
        return running;
    }

    /** The settings for a spool on disk, as on a lab node, without a limit on the rate of a backlog. */
    Map<String, String> spool() throws IOException {
        return Map.of(
                "PROCMON_SPOOL_DIR",
                Files.createTempDirectory(workbench.directory(), "spool").toString(),
                "PROCMON_SPOOL_CATCH_UP_RATE",
                "1000000");
    }

    /** Starts it with additional environment variables. */
    Process launch(int metrics, Path log, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(workbench.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PROMETHEUS_PORT",
                        Integer.toString(metrics),
                        "QUARKUS_HTTP_PORT",
                        Integer.toString(freePort()),
                        "PROCMON_HOSTNAME_PREFIX",
                        students,
                        "PROCMON_KERNEL_EXEC_RATE",
                        "0")); // the whole class is in one container
        builder.environment().putAll(environment);
        return builder.start();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
