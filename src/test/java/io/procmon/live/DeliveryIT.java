package io.procmon.live;

import static io.procmon.live.Receiver.Manner.ACCEPTS;
import static io.procmon.live.Receiver.Manner.HANGS_UP;
import static io.procmon.live.Receiver.Manner.REFUSES;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** All activities are accounted for exactly, in any state of the backend. */
@Live
class DeliveryIT {

    private static final int RUNS = 300;

    /** Fewer activities, because each failure is followed by a wait. */
    private static final int RUNS_THAT_FAIL = 20;

    @Test
    void slowBackend_delaysEvents_andLosesNone(Lab lab) {
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(prefix, backend, Map.of("API_TIMEOUT", "300"));
        var student = lab.container(prefix + lab.nextStudent());

        backend.hold();
        runs(student, lab, RUNS);
        var waiting = procmon.metricsWhere(
                "the counts balance while it waits", it -> it.events() > 0 && it.balanced() && backend.requests() > 0);
        backend.release();
        var afterwards = procmon.metricsWhere("all is delivered", it -> delivered(it) == RUNS && it.complete());

        assertThat(delivered(waiting)).isZero();
        assertThat(afterwards.events()).isEqualTo(RUNS);
        assertThat(afterwards.of("procmon_kernel_losses_total")).isZero();
        assertThat(backend.events())
                .extracting(event -> Integer.parseInt(event.list("arguments").getLast()))
                .containsExactlyElementsOf(IntStream.range(0, RUNS).boxed().toList());
    }

    @Test
    void failingBackend_isCountedByHowItFails(Lab lab) {
        var backend = lab.receiver().behaving(ACCEPTS, REFUSES, HANGS_UP);
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(prefix, backend, Map.of());
        var student = lab.container(prefix + lab.nextStudent());

        runs(student, lab, RUNS_THAT_FAIL);
        var metrics = procmon.metricsWhere(
                "all is decided", it -> it.events() == RUNS_THAT_FAIL && it.allDecided() && it.complete());

        assertThat(delivered(metrics)).isEqualTo(backend.answered(ACCEPTS)).isPositive();
        assertThat(metrics.of("procmon_activities_rejected_total"))
                .isEqualTo(backend.answered(REFUSES))
                .isPositive();
        assertThat(retries(metrics, "connection"))
                .isEqualTo(backend.answered(HANGS_UP))
                .isPositive();
        assertThat(backend.events()).extracting(event -> event.text("event_id")).doesNotHaveDuplicates();
    }

    @Test
    void backendThatDoesNotAnswer_isToldAgain(Lab lab) {
        var backend = lab.receiver();
        var prefix = lab.ownPrefix();
        var procmon = lab.procmon(prefix, backend, Map.of("API_TIMEOUT", "1"));
        var student = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());

        backend.hold();
        student.run("hw1", "./ends", "exit", "3");
        var waiting = procmon.metricsWhere(
                "an answer does not come in time", it -> retries(it, "timeout") > 0 && it.balanced());
        backend.release();
        var afterwards = procmon.metricsWhere("it is delivered", it -> delivered(it) == 1 && it.complete());

        assertThat(delivered(waiting)).isZero();
        assertThat(afterwards.events()).isEqualTo(1);
        assertThat(backend.events())
                .as("heard of more than once, and known by its id")
                .hasSizeGreaterThan(1)
                .extracting(event -> event.text("event_id"))
                .containsOnly(backend.events().getFirst().text("event_id"));
    }

    @Test
    void withoutBackend_theEmbeddedReceiverShowsWhatCame(Lab lab) {
        var prefix = lab.ownPrefix();
        var procmon = lab.keep(Service.start(
                lab.newDirectory().resolve("log"), Map.of("PROCMON_HOSTNAME_PREFIX", prefix, "PROCMON_PRINT", "true")));
        var student = Samples.in(lab.container(prefix + "os-1-202012180"), lab.programs());

        student.run("hw1", "gcc", "-o", "main", "broken.c");
        student.run("hw1", "./ends", "crash");
        var activities = Await.value("both have come", () -> {
            JsonNode all = json(procmon.get("/api/activities").body());
            return Optional.of(all).filter(it -> it.size() == 2);
        });

        assertThat(activities.get(0).path("kind").asText()).isEqualTo("build");
        assertThat(activities.get(0).path("exit_code").asInt()).isEqualTo(1);
        assertThat(activities.get(1).path("exit_code").asInt()).isEqualTo(139);
        assertThat(activities).allSatisfy(activity -> {
            assertThat(activity.path("class_div").asText()).isEqualTo("os-1");
            assertThat(activity.path("homework_dir").asText()).isEqualTo("hw1");
            assertThat(activity.path("student_id").asText()).isEqualTo("202012180");
        });
        assertThat(procmon.log()).contains("broken.c").contains("signal 11");
    }

    private static void runs(StudentContainer student, Lab lab, int count) {
        student.install("hw1/tiny", lab.programs().tiny())
                .install("repeat", lab.programs().repeat());
        assertThat(student.run("hw1", "../repeat", "./tiny", Integer.toString(count))
                        .exitCode())
                .isZero();
    }

    private static long retries(Metrics metrics, String cause) {
        return metrics.of("procmon_delivery_retries_total", "cause", cause);
    }

    private static long delivered(Metrics metrics) {
        return metrics.of("procmon_activities_delivered_total");
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(text, e);
        }
    }
}
