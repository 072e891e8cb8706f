package io.procmon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.ReplayedSession;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.events.Report;
import io.procmon.metrics.Accounting;
import io.procmon.process.Student;
import io.procmon.source.RecordSource;
import io.procmon.spool.DeliveryOutcome;
import io.procmon.spool.DeliveryResult;
import io.procmon.spool.Entry;
import io.procmon.spool.Spool;
import io.procmon.stream.Pipeline;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares a scrape with operate.md, the alerts and the dashboard. */
@QuarkusTest
@TestProfile(MetricsTest.Replayed.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {

    /** The artefact with a recorded session, so that its counters are not zero. */
    public static final class Replayed extends ReplayedSession {}

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final int ACTIVITIES = 7;
    private static final Pattern TYPE_LINE = Pattern.compile("# TYPE (procmon_\\w+) (\\w+)");
    private static final Pattern SAMPLE = Pattern.compile("(procmon_\\w+)(?:\\{.*})? \\S+");
    private static final Pattern NAME = Pattern.compile("\\bprocmon_\\w+");

    private static final Entry SOME_ENTRY = new Entry(
            0,
            1,
            Instant.EPOCH,
            new Report(
                    new UUID(0, 0),
                    "build",
                    "GCC",
                    new Student("os", "1", "7"),
                    "hw1",
                    Optional.of(Instant.EPOCH),
                    Instant.EPOCH,
                    "{}"));

    @Inject
    Pipeline pipeline;

    @Inject
    RecordSource source;

    @Inject
    Spool spool;

    @Inject
    Accounting counts;

    @TestHTTPResource(value = "/", management = true)
    URI management;

    private String scrape;

    @BeforeAll
    void scrapeAfterASession() throws Exception {
        spool.open();
        AssertSubscriber<DeliveryResult> deliveries =
                pipeline.deliveries(source).subscribe().withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
        pipeline.kept(source).select().first(ACTIVITIES).subscribe().with(_ -> {});
        deliveries.awaitItems(ACTIVITIES, DEADLINE);
        // The session has no rejection, and the counter appears only with the first rejection.
        counts.delivered(new DeliveryResult(SOME_ENTRY, new DeliveryOutcome.Rejected(422, "")));
        // The session has no error of a compiler either.
        counts.entered(
                new Work(new Student("os", "1", "7"), "hw1"),
                Story.of("0:00 build failed says=undeclared-name").getFirst());
        // Not OpenMetrics: there, the type of a counter has another name than its samples.
        HttpRequest request = HttpRequest.newBuilder(management.resolve("/q/metrics"))
                .header("Accept", "text/plain; version=0.0.4")
                .timeout(DEADLINE)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            scrape = http.send(request, BodyHandlers.ofString()).body();
        }
    }

    @AfterAll
    void stop() {
        source.stop();
        spool.close();
    }

    @Test
    void document_listsExactlyTheMetricsOfAScrape() {
        Map<String, String> served = new TreeMap<>();
        matches(TYPE_LINE, scrape).forEach(line -> served.put(line.group(1), line.group(2)));
        served.keySet().removeIf(name -> name.endsWith("_seconds_max")); // the greatest value of a histogram

        assertThat(served).isEqualTo(DocumentTables.metrics());
    }

    @Test
    void alerts_askForMetricsThatAreServed() {
        assertThat(names(Manifests.read("prometheus/alerts.yml").findValuesAsText("expr")))
                .isNotEmpty()
                .isSubsetOf(samples());
    }

    @Test
    void alertsTests_feedMetricsThatAreServed() {
        assertThat(names(Manifests.read("prometheus/alerts_test.yml").findValuesAsText("series")))
                .isNotEmpty()
                .isSubsetOf(samples());
    }

    @Test
    void dashboard_asksForMetricsThatAreServed() {
        var dashboard = Manifests.read("grafana/dashboards/procmon.json");

        assertThat(names(dashboard.findValuesAsText("expr"))).isNotEmpty().isSubsetOf(samples());
        assertThat(names(dashboard.at("/templating/list").findValuesAsText("query")))
                .isNotEmpty()
                .isSubsetOf(samples());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        losses            | sum by (cause) (rate(procmon_kernel_losses_total
        backlog           | sum(procmon_spool_activities
        events a second   | sum(rate(procmon_events_total
        progress          | sum by (course, homework, state) (procmon_workflow_states
        signs of trouble  | sum by (course, homework, pattern) (procmon_workflow_patterns
        how builds end    | sum by (course, homework, ending) (rate(procmon_workflow_builds_total
        """)
    void dashboard_showsInTheCourseOfTime(String what, String expression) {
        List<String> shown = StreamSupport.stream(
                        Manifests.read("grafana/dashboards/procmon.json")
                                .required("panels")
                                .spliterator(),
                        false)
                .filter(panel -> panel.required("type").textValue().equals("timeseries"))
                .flatMap(panel -> panel.findValuesAsText("expr").stream())
                .toList();

        assertThat(shown).as(what).anyMatch(it -> it.startsWith(expression));
    }

    private List<String> samples() {
        return matches(SAMPLE, scrape).map(sample -> sample.group(1)).distinct().toList();
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return text.lines().map(pattern::matcher).filter(line -> line.matches()).map(line -> line.toMatchResult());
    }

    private static List<String> names(List<String> expressions) {
        return expressions.stream()
                .flatMap(expression -> NAME.matcher(expression).results())
                .map(MatchResult::group)
                .distinct()
                .toList();
    }
}
