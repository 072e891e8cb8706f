package io.procmon.stream;

import static io.procmon.Classroom.exec;
import static io.procmon.Classroom.exit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.procmon.Classroom;
import io.procmon.ListSource;
import io.procmon.MetricEquations;
import io.procmon.api.Backends;
import io.procmon.api.Delivery;
import io.procmon.api.ScriptedBackend;
import io.procmon.api.ScriptedBackend.Fate;
import io.procmon.classroom.course.Check;
import io.procmon.classroom.course.Courses;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.config.ProcmonConfig;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.events.Activity;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.procmon.events.Report;
import io.procmon.handlers.ActivityHandler;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import io.procmon.metrics.Accounting;
import io.procmon.parser.Command;
import io.procmon.parser.CommandParser;
import io.procmon.parser.Invocation;
import io.procmon.report.Reports;
import io.procmon.source.RecordSource;
import io.procmon.spool.DeliveryOutcome;
import io.procmon.spool.DeliveryResult;
import io.procmon.spool.Spool;
import io.procmon.spool.SpoolOptions;
import io.quarkus.arc.All;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PipelineTest.WithAScriptedBackend.class)
class PipelineTest {

    /** The artefact with a scripted backend that gives every kind of answer. */
    public static final class WithAScriptedBackend implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "quarkus.http.test-port", "0", "quarkus.management.test-port", "0", "procmon.api.timeout", "5s");
        }

        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(ScriptedBackend.class));
        }
    }

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int CONCURRENCY = 4;
    private static final int RUNS = 5;
    private static final String BINARY = "/home/coder/project/hw1/";

    private static final ProcmonConfig CONFIG = Classroom.config(Map.of(
            "procmon.api.concurrency", Integer.toString(CONCURRENCY),
            "procmon.tools.broken.kind", "compiler",
            "procmon.tools.broken.type", "BROKEN",
            "procmon.tools.broken.executable", "/usr/bin/broken",
            "procmon.tools.broken.parser", "broken"));

    /** Fails for each command line, which a parser must not do. */
    private static final class BrokenParser implements CommandParser {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public Command parse(Invocation invocation) {
            throw new IllegalStateException("a parser's bug");
        }
    }

    @Inject
    Backends backends;

    @Inject
    Reports reports;

    @Inject
    ObjectMapper json;

    @Inject
    @All
    List<CommandParser> parsers;

    private final Spool spool = new Spool(
            new SpoolOptions(Optional.empty(), 0, Duration.ofDays(1), 16 << 20, 1_000_000), Clock.systemUTC());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MetricEquations equations = new MetricEquations(registry);
    private final Accounting accounting = new Accounting(registry);
    private int tgid = 1000;

    @AfterEach
    void close() {
        spool.close();
    }

    @Test
    void whateverTheBackendDoes_theBooksBalance() throws Exception {
        List<KernelRecord> records = new ArrayList<>();
        for (int run = 0; run < RUNS; run++) {
            for (Fate fate : Fate.values()) {
                if (fate != Fate.UNANSWERED) {
                    records.addAll(run(student(fate, 1), "main", run));
                    records.addAll(run(student(fate, 2), "main", run));
                }
            }
        }
        records.addAll(run(student(Fate.UNANSWERED, 3), "main", 0));

        List<DeliveryResult> deliveries = deliveries(records);

        long each = 2L * RUNS;
        assertThat(deliveries).hasSize(Math.toIntExact(7 * each + 1));
        assertThat(equations.received()).isEqualTo(7 * each + 1);
        assertThat(equations.delivered()).isEqualTo(6 * each + 1);
        assertThat(equations.rejected()).isEqualTo(each);
        assertThat(equations.givenUp()).isZero();
        assertThat(equations.waiting()).isZero();
        assertThat(equations.inFlight()).isZero();
        equations.balances();
        eachStudentsRunsArrivedInTheirOrder();
    }

    @Test
    void everyScrapeBalances_whileTheStreamRuns() throws InterruptedException {
        List<KernelRecord> records = new ArrayList<>();
        for (int run = 0; run < 400; run++) {
            records.addAll(run(student(Fate.TAKEN, 7), "main", run % 2));
            records.addAll(run(student(Fate.REFUSED, 7), run % 3 == 0 ? "quiet" : "main", 0));
            records.addAll(run(student(Fate.TAKEN, 8), run % 50 == 0 ? "bomb" : "main", 0));
        }
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong scrapes = new AtomicLong();
        AtomicReference<Throwable> wrong = new AtomicReference<>();
        Thread scraper = Thread.ofPlatform().start(() -> {
            try {
                while (!done.get()) {
                    accounting.consistently(() -> {
                        equations.balances();
                        return scrapes.incrementAndGet();
                    });
                }
            } catch (RuntimeException | AssertionError e) {
                wrong.set(e);
            }
        });

        List<DeliveryResult> deliveries = deliveries(records);
        done.set(true);
        scraper.join();

        assertThat(deliveries).hasSizeGreaterThan(1000);
        assertThat(wrong.get()).isNull();
        assertThat(scrapes.get()).isGreaterThan(100);
        equations.balances();
    }

    @Test
    void whateverTheChainDoes_theBooksBalance() {
        String student = student(Fate.TAKEN, 4);
        List<KernelRecord> records = new ArrayList<>();
        records.addAll(run(student, "main", 0));
        records.addAll(run("jcode-nobody", "main", 0));
        records.addAll(run(student, "bomb", 0));
        records.addAll(run(student, "quiet", 0));
        records.addAll(run(student, "quiet", 0));
        records.addAll(image(student, "/usr/bin/ls", 0));
        records.addAll(image(student, "/usr/bin/broken", 0));
        records.addAll(image(student, "/usr/bin/broken", 0));
        records.addAll(image(student, "/home/coder/project/hw1/hw2/main", 0));
        records.add(exit(Classroom.image(1, 1), 0)); // the exec was not received
        records.add(exec(student, "/user.slice", Classroom.image(2, 1), BINARY + "a", "./a"));
        records.add(exec(student, "/user.slice", Classroom.image(2, 2), BINARY + "b", "./b"));
        records.add(exec(student, "/user.slice", Classroom.image(3, 1), BINARY + "c", "./c"));
        records.add(exec(student, "/user.slice", Classroom.image(4, 1), "/usr/bin/sleep", "sleep"));
        records.addAll(run(student, "main", 1));

        List<DeliveryResult> deliveries = deliveries(records);

        assertThat(deliveries)
                .hasSize(2)
                .extracting(DeliveryResult::outcome)
                .allMatch(DeliveryOutcome.Delivered.class::isInstance);
        assertThat(equations.received()).isEqualTo(14);
        assertThat(equations.stopped())
                .isEqualTo(Map.of(
                        "hostname_malformed", 1L,
                        "not_an_activity", 2L,
                        "quiet", 2L,
                        "ambiguous_homework", 1L,
                        "replaced", 1L));
        assertThat(equations.failed()).isEqualTo(3);
        assertThat(equations.running()).isEqualTo(2);
        equations.balances();
    }

    @Test
    @SuppressWarnings("UnnecessaryAssignment") // the pipeline of this test receives reports that fail
    void reportThatBreaks_costsItsActivityAlone() {
        String student = student(Fate.TAKEN, 7);
        List<KernelRecord> records = new ArrayList<>();
        records.addAll(run(student, "main", 0));
        records.addAll(run(student, "unreportable", 0));
        records.addAll(run(student, "unreportable", 0));
        records.addAll(run(student, "main", 1));
        reports = new Reports(json, CONFIG) {
            @Override
            public Report of(Activity activity, List<Check> checks, DiagnosticsLevel allowed, Diagnostics found) {
                if (activity.target().fileName().equals("unreportable")) {
                    throw new ArithmeticException("a bug in a report");
                }
                return super.of(activity, checks, allowed, found);
            }
        };

        List<DeliveryResult> deliveries = deliveries(records);

        assertThat(deliveries).hasSize(2).allMatch(delivery -> delivery.outcome() instanceof DeliveryOutcome.Delivered);
        assertThat(equations.unreported()).isEqualTo(2);
        assertThat(equations.failures("report")).isEqualTo(2);
        assertThat(equations.inFlight()).isZero();
        equations.balances();
    }

    @Test
    void handlerThatBreaks_isToldWithTheEventsId() {
        List<Object> ids = new ArrayList<>();
        Handler ear = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord told) {
                ids.add(told.getMdc("event_id"));
            }
        };
        Logger logger = Logger.getLogger(BrokenHandlers.class.getName());
        logger.addHandler(ear);

        ImageKey image = Classroom.image(tgid, 1);
        deliveries(run(student(Fate.TAKEN, 6), "bomb", 0));

        logger.removeHandler(ear);
        assertThat(ids).containsExactly(image.id(Classroom.NODE, "run").toString());
    }

    @Test
    void backendThatIsNotAskedYet_leavesTheRecordsAtTheSource() {
        String student = student(Fate.TAKEN, 5);
        ListSource source = new ListSource(
                IntStream.range(0, 100_000).boxed().flatMap(run -> run(student, "main", run % 2).stream()));
        AssertSubscriber<Activity> kept = AssertSubscriber.create(10);

        pipeline().kept(source).subscribe().withSubscriber(kept);

        kept.awaitItems(10, DEADLINE).cancel();
        assertThat(source.given()).isBetween(20L, 8_192L);
    }

    @Test
    void sourceThatFails_failsTheStream() {
        ListSource source = new ListSource(Stream.generate(() -> {
            throw new IllegalStateException("cannot watch any more");
        }));

        AssertSubscriber<Activity> kept =
                pipeline().kept(source).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

        kept.awaitFailure(DEADLINE).assertFailedWith(IllegalStateException.class, "cannot watch any more");
    }

    @Test
    void secondSubscriber_isRefused_soThatNothingIsWatchedTwice() {
        Pipeline pipeline = pipeline();
        RecordSource source = new ListSource(Stream.of());
        Multi<Activity> kept = pipeline.kept(source);
        kept.subscribe().withSubscriber(AssertSubscriber.create(1)).awaitCompletion(DEADLINE);

        kept.subscribe()
                .withSubscriber(AssertSubscriber.create(1))
                .awaitFailure(DEADLINE)
                .assertFailedWith(IllegalStateException.class, "subscriber");
    }

    /** The last delivery of each activity. */
    private List<DeliveryResult> deliveries(List<KernelRecord> records) {
        Pipeline pipeline = pipeline();
        RecordSource source = new ListSource(records.stream());
        AssertSubscriber<DeliveryResult> deliveries =
                pipeline.deliveries(source).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        pipeline.kept(source)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE))
                .awaitCompletion(DEADLINE);
        spool.finish();
        return deliveries.awaitCompletion(DEADLINE).getItems().stream()
                .filter(DeliveryResult::isFinal)
                .toList();
    }

    private Pipeline pipeline() {
        List<CommandParser> withABrokenOne =
                Stream.concat(parsers.stream(), Stream.of(new BrokenParser())).toList();
        HandlerChain chain =
                new HandlerChain(CONFIG, Classroom.NODE, withABrokenOne, List.<ActivityHandler>of(this::decide));
        spool.open();
        Courses courses = new Courses(CONFIG);
        Delivery courier = new Delivery(CONFIG, backends);
        return new Pipeline(chain, reports, spool, courier, accounting, new ClassRegister(CONFIG, courses), courses);
    }

    private Outcome<Activity> decide(Activity activity) {
        return switch (activity.target().fileName()) {
            case "bomb" -> throw new IllegalStateException("a handler's bug");
            case "quiet" -> Outcome.stop(new Reason("quiet"));
            default -> Outcome.proceed(activity);
        };
    }

    private static void eachStudentsRunsArrivedInTheirOrder() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(ConfigProvider.getConfig().getValue("procmon.api.endpoint", String.class) + "/log"))
                .timeout(DEADLINE)
                .build();
        List<String> log;
        try (HttpClient http = HttpClient.newHttpClient()) {
            log = http.send(request, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        }
        assertThat(Integer.parseInt(log.getFirst())).isBetween(1, CONCURRENCY);
        Map<String, List<String>> runs = log.stream()
                .skip(1)
                .map(line -> line.split(" ", -1))
                .collect(Collectors.groupingBy(
                        line -> line[0], Collectors.mapping(line -> line[1], Collectors.toList())));
        for (Fate fate : Fate.values()) {
            if (fate != Fate.UNANSWERED) {
                assertThat(runs.get(id(fate, 1))).as("%s", fate).containsExactly("0", "1", "2", "3", "4");
                assertThat(runs.get(id(fate, 2))).as("%s", fate).containsExactly("0", "1", "2", "3", "4");
            }
        }
    }

    private List<KernelRecord> run(String hostname, String program, int exitCode) {
        return image(hostname, BINARY + program, exitCode);
    }

    private List<KernelRecord> image(String hostname, String executable, int exitCode) {
        ImageKey image = Classroom.image(tgid++, 1);
        return List.of(exec(hostname, "/user.slice", image, executable, executable), exit(image, exitCode << 8));
    }

    private static String student(Fate fate, int number) {
        return "jcode-os-%d-%s".formatted(fate.section(), id(fate, number));
    }

    private static String id(Fate fate, int number) {
        return "2026%d%d".formatted(number, fate.section());
    }
}
