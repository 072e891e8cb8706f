package io.procmon.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.events.Report;
import io.procmon.process.Student;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PseudonymsTest {

    private static final byte[] KEY = "a key of a course, long enough".getBytes(UTF_8);

    private final Pseudonyms pseudonyms = new Pseudonyms(KEY);

    @Test
    void student_hasOnePseudonym_whichIsAWholeNumber() {
        Report first = pseudonyms.of(report("202012180"));
        Report second = new Pseudonyms(KEY).of(report("202012180"));

        assertThat(first).isEqualTo(second);
        assertThat(first.student().id()).matches("[1-9][0-9]{17}");
        assertThat(pseudonyms.of(report("202012181")).student().id())
                .isNotEqualTo(first.student().id());
    }

    @Test
    void otherKey_isAnotherPseudonym() {
        Report other = new Pseudonyms("another key of another course".getBytes(UTF_8)).of(report("202012180"));

        assertThat(other.student().id())
                .isNotEqualTo(pseudonyms.of(report("202012180")).student().id());
    }

    @Test
    void id_isNowhereLeft_andLongerNumbersAreNotTouched() {
        Report report = pseudonyms.of(report("202012180"));

        assertThat(report.activity())
                .isEqualTo(
                        "{\"cwd\":\"/workspace/os-1-%1$s/hw1\",\"hostname\":\"jcode-os-1-%1$s-x\",\"pid\":1202012180}"
                                .formatted(report.student().id()));
    }

    @Test
    void fileThatIsNamedAfterTheStudent_isNamedAfterThePseudonym() {
        Student student = new Student("os", "1", "202012180");

        assertThat(pseudonyms.in("202012180/hw1_202012180.c", student))
                .isEqualTo("%1$s/hw1_%1$s.c".formatted(pseudonyms.of(student).id()));
        assertThat(pseudonyms.in("2020121800.c", student)).isEqualTo("2020121800.c");
    }

    @Test
    void numbersAndMoments_areNobodysId() {
        Report report = pseudonyms.of(new Report(
                new UUID(0, 1),
                "run",
                "PYTHON",
                new Student("os", "1", "1"),
                "hw1",
                Optional.empty(),
                Instant.parse("2026-03-02T10:00:00Z"),
                "{\"exit_code\":1,\"timestamp\":\"2026-03-02T10:00:1Z\",\"arguments\":[\"/workspace/os-2-1/a\"]}"));

        assertThat(report.activity())
                .isEqualTo(
                        "{\"exit_code\":1,\"timestamp\":\"2026-03-02T10:00:1Z\",\"arguments\":[\"/workspace/os-2-%s/a\"]}"
                                .formatted(report.student().id()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "\"built_by\":\"12aa34bc-0012-4012-8012-12-34567890\"",
                "\"build_id\":\"12c00000-0000-3000-8000-000000000-12\"",
                "\"container_id\":\"a12b12c\"",
                "\"standard\":\"c12\"",
                "\"warnings\":[\"-Wframe-larger-than=12\"]",
                "\"optimization\":\"-O12\"",
                "\"step\":\"link12\"",
                "\"node\":\"lab-12\"",
                "\"timestamp\":\"2026-12-12T12:12:12Z\"",
                "\"sources\":[{\"path\":\"/p/a.c\",\"language\":\"c12\"}]"
            })
    void shortId_changesNoMemberThatCannotHoldIt(String member) {
        assertThat(pseudonyms.of(activity("12", "{" + member + "}")).activity()).isEqualTo("{" + member + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"hostname\":\"jcode-os-1-%s-x\"",
                "\"cwd\":\"/workspace/os-1-%s/hw1\"",
                "\"cmdline\":\"gcc %s.c\"",
                "\"arguments\":[\"gcc\",\"%s.c\"]",
                "\"target_path\":\"/p/hw1/%s.c\"",
                "\"sources\":[{\"path\":\"/p/hw1/%s.c\",\"language\":\"c\"}]",
                "\"checks\":[{\"requirement\":\"file %1$s.c\",\"passed\":false,\"why\":\"%1$s.c is missing\"}]"
            })
    void shortId_isReplacedWhereStudentsChooseTheName(String member) {
        Report report = pseudonyms.of(activity("12", "{" + member.formatted("12") + "}"));

        assertThat(report.activity())
                .isEqualTo("{" + member.formatted(report.student().id()) + "}");
    }

    @Test
    void keyThatIsShort_isRefused() {
        assertThatThrownBy(() -> new Pseudonyms("short".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 bytes");
    }

    private static Report activity(String id, String json) {
        return new Report(
                new UUID(0, 1),
                "run",
                "PYTHON",
                new Student("os", "1", id),
                "hw1",
                Optional.empty(),
                Instant.parse("2026-03-02T10:00:00Z"),
                json);
    }

    private static Report report(String id) {
        return activity(
                id,
                "{\"cwd\":\"/workspace/os-1-%1$s/hw1\",\"hostname\":\"jcode-os-1-%1$s-x\",\"pid\":1%1$s}"
                        .formatted(id));
    }
}
