package io.procmon.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures what watching costs, with procmon and with what else there is, under the same load. As root, in the
 * project's directory, after {@code ./mvnw -q -DskipTests package}:
 *
 * <pre>{@code java -cp "target/test-classes:target/quarkus-app/lib/main/*" io.procmon.bench.Bench}</pre>
 *
 * <p>It needs {@code cc}, {@code bpftool} and {@code taskset}; tools that are not installed are left out, with a word
 * about it. The table goes to standard output, progress to standard error.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Measures what watching processes costs, with procmon and with other tools.")
public final class Bench implements Callable<Integer> {

    @Option(names = "--rounds", defaultValue = "5", description = "how often each is measured (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--quick", description = "one short round: whether it works, rather than how fast")
    private boolean quick;

    @Option(names = "--only", description = "only tracers whose name contains this")
    private String only = "";

    @Option(names = "--json", paramLabel = "FILE", description = "where the figures go as JSON, with every round")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--java-options",
            split = " ",
            defaultValue = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx64m",
            description = "for procmon's JVM (${DEFAULT-VALUE}, as in the image)")
    private List<String> javaOptions;

    private final Results results = new Results();

    public static void main(String... args) {
        System.exit(new CommandLine(new Bench()).execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Workbench workbench = Workbench.at(Path.of("target/bench"));
        try (BpfStatistics _ = new BpfStatistics()) {
            for (int round = 1; round <= (quick ? 1 : rounds); round++) {
                for (Tracer tracer : tracers(workbench)) {
                    measure(workbench, tracer, round);
                }
            }
        }
        System.out.print(results.table());
        if (json.isPresent()) {
            results.writeTo(json.get());
        }
        return 0;
    }

    private void measure(Workbench workbench, Tracer tracer, int round) throws IOException {
        if (!tracer.name().contains(only) || results.isRefused(tracer.name())) {
            return;
        }
        System.err.printf("round %d: %s%n", round, tracer.name());
        Map<Figure, Double> alone = trial(workbench).alone();
        try {
            Map<Figure, Double> traced = trial(workbench).of(tracer, alone);
            results.add("no tracer", alone);
            results.add(tracer.name(), traced);
        } catch (TracerEnded e) {
            results.refuse(tracer.name(), e.getMessage());
        }
    }

    private Trial trial(Workbench workbench) {
        return new Trial(workbench, quick ? Scale.QUICK : Scale.FULL, students(), tag());
    }

    private List<Tracer> tracers(Workbench workbench) {
        return List.of(
                new ProcmonTracer("procmon, capturing", false, javaOptions, students(), workbench, tag()),
                new ProcmonTracer("procmon, delivering", true, javaOptions, students(), workbench, tag()),
                LineTracer.bpftrace(workbench, tag()),
                LineTracer.libbpfTools(workbench, tag()),
                LineTracer.bcc(workbench, tag()));
    }

    /** This benchmark's own: another one may run beside it. */
    private static String students() {
        return "b" + ProcessHandle.current().pid() + "-";
    }

    private static String tag() {
        return "exec" + ProcessHandle.current().pid() + "n";
    }
}
