package io.procmon.classroom.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.Schemas;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.BuildFiles;
import io.procmon.classroom.workflow.Descent;
import io.procmon.classroom.workflow.Execution;
import io.procmon.classroom.workflow.Origin;
import io.procmon.classroom.workflow.ProgramStamp;
import io.procmon.classroom.workflow.Work;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.process.Student;
import io.procmon.process.WaitStatus;
import io.procmon.web.InvalidActivity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ProgramStamp MAIN =
            new ProgramStamp("main", 16_712, Instant.parse("2026-11-22T14:03:23.252417001Z"));

    @Test
    void run_isReadAsItsNodeKeepsIt() {
        Received received = EventReader.read(example("run"));

        assertThat(received.node()).isEqualTo("lab-7");
        assertThat(received.work()).isEqualTo(new Work(new Student("os", "1", "202012180"), "hw1"));
        assertThat(received.attempt())
                .isEqualTo(new Attempt(
                        UUID.fromString("90b2e3f6-3c56-3e36-8c64-f89a24af76c8"),
                        Attempt.Kind.RUN,
                        "USER_BINARY",
                        "main",
                        new Execution(
                                Instant.parse("2026-11-22T14:03:25.096582331Z"),
                                Instant.parse("2026-11-22T14:03:25.097530489Z"),
                                new WaitStatus(11),
                                Duration.ofNanos(712_325),
                                999_424),
                        BuildFiles.NONE,
                        new Descent(
                                Optional.of(UUID.fromString("5d0c8a5e-3f0b-3f5e-9a53-1d6b5f1f4c11")),
                                Optional.empty(),
                                List.of()),
                        new Origin("lab-7", Optional.of(MAIN)),
                        false,
                        List.of(),
                        Diagnostics.NONE));
    }

    @Test
    void build_isReadAsItsNodeKeepsIt() {
        Attempt build = EventReader.read(example("build")).attempt();

        assertThat(build.isGoodBuild()).isTrue();
        assertThat(build.files().program()).isTrue();
        assertThat(build.files().sources()).containsExactly("main.c");
        assertThat(build.files().outputs()).containsExactly("main");
        assertThat(build.origin()).isEqualTo(new Origin("lab-7", Optional.of(MAIN)));
        assertThat(build.execution().cpu()).isEqualTo(Duration.ofNanos(83_322_000));
        assertThat(build.duration()).isEqualTo(Duration.ofMillis(94));
    }

    @ParameterizedTest
    @CsvSource({
        "exit_code, 1, 256",
        "exit_code, 0, 0",
        "signal, 11, 11",
        "core_dumped, true, 139",
    })
    void status_isThatOfWaitpid(String field, String value, int bits) throws JsonProcessingException {
        ObjectNode event = example("run");
        event.remove("signal");
        event.remove("core_dumped");
        event.put("exit_code", 0);
        if (field.equals("core_dumped")) {
            event.put("signal", 11);
        }
        event.set(field, JSON.readTree(value));

        assertThat(EventReader.read(event).attempt().status()).isEqualTo(new WaitStatus(bits));
    }

    @Test
    void requirementsThatTheNodeFoundMissed_areKept() {
        ObjectNode event = example("build");
        event.putArray("checks")
                .add(JSON.createObjectNode().put("requirement", "option -Wall").put("passed", false))
                .add(JSON.createObjectNode().put("requirement", "language c").put("passed", true));

        assertThat(EventReader.read(event).attempt().failedChecks()).containsExactly("option -Wall");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        event_id      | null
        event_id      | "7"
        kind          | "patterns"
        class_div     | "os"
        class_div     | "-1"
        class_div     | "os-"
        student_id    | ""
        student_id    | 7
        student_id    | "1\\u00002"
        homework_dir  | null
        started_at    | "yesterday"
        started_at    | "+1000000000-12-31T23:59:59Z"
        duration_ms   | -1
        duration_ms   | null
        duration_ms   | "NaN"
        user_cpu_ms   | {}
        exit_code     | 256
        exit_code     | null
        signal        | 128
        signal        | -1
        target_path   | []
        type          | null
        built_by      | "the build before"
        program_modified_at | "now"
        """)
    void eventThatIsWrong_isRefusedWithAReason(String field, String value) throws JsonProcessingException {
        ObjectNode event = example("run");
        event.set(field, JSON.readTree(value));

        assertThatThrownBy(() -> EventReader.read(event))
                .isInstanceOf(InvalidActivity.class)
                .message()
                .isNotBlank();
    }

    @Test
    void fileOutsideOfTheHomework_isKeptByItsNameOnly() {
        ObjectNode event = example("build").put("target_path", "/home/coder/202012180/main.c");

        assertThat(EventReader.read(event).attempt().target()).isEqualTo("main.c");
    }

    @Test
    void programOutsideOfTheHomework_isNoneThatIsRecognised() {
        ObjectNode event = example("build").put("output_path", "/tmp/main");

        assertThat(EventReader.read(event).attempt().origin().program()).isEmpty();
    }

    @Test
    void pattern_isNoActivity() {
        assertThat(EventReader.isPattern(example("pattern"))).isTrue();
        assertThat(EventReader.isPattern(example("run"))).isFalse();
    }

    /** An event in the form of the published schema. */
    static ObjectNode example(String kind) {
        for (JsonNode example : Schemas.read("generic.json").required("examples")) {
            if (example.required("kind").asText().equals(kind)) {
                return example.deepCopy();
            }
        }
        throw new AssertionError("the schema has no example of a " + kind);
    }
}
