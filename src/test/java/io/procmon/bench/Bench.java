package io.procmon.bench;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.diagnostics.DiagnosticsLevel;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the cost of watching under the same load, for procmon and for other tracers: {@code sudo ./dev bench}. The
 * native executable is measured if it has been built.
 *
 * <p>It needs {@code cc}, {@code bpftool} and {@code taskset}. Tools that are not installed are left out, with a note.
 * The tables go to standard output, progress to standard error.
 */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = ClassBench.class,
        description = "Measures what watching processes costs, with procmon and with other tools.")
public final class Bench implements Callable<Integer> {

    private static final String DIAGNOSTICS = "diagnostics";
    private static final String TRAINED = "@target/trained/start.options";

    @Option(names = "--rounds", defaultValue = "5", description = "how often each is measured (${DEFAULT-VALUE})")
    private int rounds;

    @Option(names = "--quick", description = "one short round: whether it works, rather than how fast")
    private boolean quick;

    @Option(
            names = "--only",
            description =
                    "only trials whose name contains this: a tracer, delivery, client, rest (no students), class (30 students), diagnostics")
    private String only = "";

    @Option(names = "--json", paramLabel = "FILE", description = "where the figures go as JSON, with every round")
    private Optional<Path> json = Optional.empty();

    @Option(
            names = "--java-options",
            split = " ",
            defaultValue = "@docker/jvm.options",
            description = "for procmon's JVM (${DEFAULT-VALUE}, those of its image)")
    private List<String> javaOptions;

    private final Results results = new Results();
    private final Results deliveries = new Results();
    private final Results paces = new Results();
    private final Results clients = new Results();
    private final Results diagnostics = new Results();
    private final Map<String, String> threads = new LinkedHashMap<>();

    public static void main(String... args) {
        System.exit(new CommandLine(new Bench())
                .setExpandAtFiles(false)
                .setAllowSubcommandsAsOptionParameters(true) // `--only class`, which is a command, too
                .execute(args));
    }

    @Override
    public Integer call() throws IOException {
        Workbench workbench = Workbench.at(Path.of("target/bench"));
        for (int round = 1; round <= (quick ? 1 : rounds); round++) {
            diagnostics(workbench, round); // before the statistics are enabled: they make each call slower
        }
        try (BpfStatistics _ = new BpfStatistics()) {
            for (int round = 1; round <= (quick ? 1 : rounds); round++) {
                for (Tracer tracer : tracers(workbench)) {
                    measure(workbench, tracer, round);
                }
                for (Delivery delivery : Delivery.ALL) {
                    measure(workbench, delivery, round);
                }
                for (ClientTrial client : ClientTrial.values()) {
                    measure(workbench, client, round);
                }
                pace("procmon", onJvm(), workbench, round);
                Optional<Path> executable = nativeExecutable();
                if (executable.isPresent()) {
                    pace("native", List.of(executable.get().toString()), workbench, round);
                }
            }
        }
        System.out.print(Stream.of(results, deliveries, clients, diagnostics, paces)
                .filter(Results::isAny)
                .map(Results::table)
                .collect(joining("\n")));
        threads.forEach((trial, table) -> System.out.printf("%n%s, by thread, in the last round:%n%s", trial, table));
        if (json.isPresent()) {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode all = mapper.createObjectNode();
            all.set("tracers", results.json());
            all.set("deliveries", deliveries.json());
            all.set("clients", clients.json());
            all.set("diagnostics", diagnostics.json());
            all.set("paces", paces.json());
            all.set("threads", mapper.valueToTree(threads));
            mapper.writerWithDefaultPrettyPrinter().writeValue(json.get().toFile(), all);
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

    private void measure(Workbench workbench, Delivery delivery, int round) throws IOException {
        if (!delivery.name().contains(only) || deliveries.isRefused(delivery.name())) {
            return;
        }
        System.err.printf("round %d: %s%n", round, delivery.name());
        ProcmonTracer procmon = new ProcmonTracer(delivery.name(), true, onJvm(), students(), workbench, tag());
        try {
            deliveries.add(delivery.name(), new DeliveryTrial(procmon, scale()).of(delivery));
        } catch (TracerEnded e) {
            deliveries.refuse(delivery.name(), e.getMessage());
        }
    }

    private void measure(Workbench workbench, ClientTrial client, int round) throws IOException {
        if (client.title().contains(only)) {
            System.err.printf("round %d: %s%n", round, client.title());
            clients.add(client.title(), client.measure(workbench));
        }
    }

    /** Each level alone, and then both at the same time. */
    private void diagnostics(Workbench workbench, int round) throws IOException {
        if (!DIAGNOSTICS.contains(only) || diagnostics.isRefused(DIAGNOSTICS)) {
            return;
        }
        System.err.printf("round %d: %s%n", round, DIAGNOSTICS);
        try {
            CompileTrial compiles = new CompileTrial(
                    diagnosing(workbench, "off-"), diagnosing(workbench, "messages-"), scale().compiles());
            Map<DiagnosticsLevel, Map<Figure, Double>> compiled = compiles.figures();
            for (DiagnosticsLevel level : List.of(DiagnosticsLevel.OFF, DiagnosticsLevel.MESSAGES)) {
                Map<Figure, Double> figures = new DiagnosticsTrial(diagnosing(workbench, "")).of(level);
                figures.putAll(compiled.get(level));
                diagnostics.add(DIAGNOSTICS + ", " + level.name().toLowerCase(Locale.ROOT), figures);
            }
        } catch (TracerEnded e) {
            diagnostics.refuse(DIAGNOSTICS, e.getMessage());
        }
    }

    private ProcmonTracer diagnosing(Workbench workbench, String suffix) {
        return new ProcmonTracer(DIAGNOSTICS, true, onJvm(), students() + suffix, workbench, tag());
    }

    private void pace(String name, List<String> command, Workbench workbench, int round) throws IOException {
        pace(name + ", rest", command, workbench, round, PaceTrial::atRest);
        pace(name + ", class", command, workbench, round, PaceTrial::inClass);
    }

    /** A round of a trial. */
    private interface Round {
        Map<Figure, Double> of(PaceTrial trial) throws IOException;
    }

    private void pace(String name, List<String> command, Workbench workbench, int number, Round round)
            throws IOException {
        if (!name.contains(only) || paces.isRefused(name)) {
            return;
        }
        System.err.printf("round %d: %s%n", number, name);
        PaceTrial trial = new PaceTrial(new ProcmonTracer(name, true, command, students(), workbench, tag()), scale());
        try {
            paces.add(name, round.of(trial));
            threads.put(name, trial.threads());
        } catch (TracerEnded e) {
            paces.refuse(name, e.getMessage());
        }
    }

    private Scale scale() {
        return quick ? Scale.QUICK : Scale.FULL;
    }

    private Trial trial(Workbench workbench) {
        return new Trial(workbench, scale(), students(), tag());
    }

    private List<Tracer> tracers(Workbench workbench) throws IOException {
        List<Tracer> tracers = new ArrayList<>(procmon("procmon", onJvm(), workbench));
        nativeExecutable().ifPresent(it -> tracers.addAll(procmon("native", List.of(it.toString()), workbench)));
        tracers.add(LineTracer.bpftrace(workbench, tag()));
        tracers.add(LineTracer.libbpfTools(workbench, tag()));
        tracers.add(LineTracer.bcc(workbench, tag()));
        return tracers;
    }

    private static List<Tracer> procmon(String name, List<String> command, Workbench workbench) {
        return List.of(
                new ProcmonTracer(name + ", capturing", false, command, students(), workbench, tag()),
                new ProcmonTracer(name + ", delivering", true, command, students(), workbench, tag()));
    }

    /** The command of the JVM image, with the files that docker/train has written. */
    private List<String> onJvm() {
        List<String> command = new ArrayList<>(List.of("java"));
        Stream.concat(javaOptions.stream(), Stream.of(TRAINED))
                .map(Bench::fromAnywhere)
                .forEach(command::add);
        command.add("io.procmon.Main");
        return command;
    }

    /** Makes the path of a file with options absolute. */
    private static String fromAnywhere(String option) {
        return option.startsWith("@") ? "@" + Path.of(option.substring(1)).toAbsolutePath() : option;
    }

    /** The native executable, if it has been built. */
    private static Optional<Path> nativeExecutable() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("target"), "procmon-*-runner")) {
            for (Path executable : found) {
                return Optional.of(executable.toAbsolutePath());
            }
            return Optional.empty();
        }
    }

    /** A prefix of hostnames for this benchmark alone, because another benchmark may run at the same time. */
    private static String students() {
        return "b" + ProcessHandle.current().pid() + "-";
    }

    private static String tag() {
        return "exec" + ProcessHandle.current().pid() + "n";
    }
}
