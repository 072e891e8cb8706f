package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.process.Student;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WorkSummaryTest {

    private static final Analysis ANALYSIS =
            ClassRegister.analysis(Classroom.config(Map.of()).workflow());
    private static final Work WORK = new Work(new Student("os", "1", "7"), "hw1");
    private static final String CRASHES = "0:00 run SIGSEGV; 1:00 run SIGSEGV; 2:00 run SIGSEGV";

    @Test
    void patternThatIsFound_isNews() {
        List<PatternFound> news = summary(CRASHES).newsSince(summary("0:00 run SIGSEGV; 1:00 run SIGSEGV"));

        assertThat(news).singleElement().satisfies(found -> {
            assertThat(found.pattern()).isEqualTo("crash-loop");
            assertThat(found.ongoing()).isTrue();
            assertThat(found.activities()).isEqualTo(3);
        });
    }

    @Test
    void patternThatGoesOn_isNoNews() {
        assertThat(summary(CRASHES + "; 3:00 run SIGSEGV").newsSince(summary(CRASHES)))
                .isEmpty();
    }

    @Test
    void patternThatHasEnded_isNews_ofAnotherId() {
        PatternFound begun = summary(CRASHES).newsSince(summary("")).getFirst();
        PatternFound ended =
                summary(CRASHES + "; 3:00 run ok").newsSince(summary(CRASHES)).getFirst();

        assertThat(ended.ongoing()).isFalse();
        assertThat(ended.eventId()).isNotEqualTo(begun.eventId());
        assertThat(begun.eventId())
                .isEqualTo(summary(CRASHES).newsSince(summary("")).getFirst().eventId());
    }

    private static WorkSummary summary(String story) {
        return ANALYSIS.of(
                WORK, new PatternContext(History.of(Story.of(story)), List.of(), Optional.empty(), Story.at("600:00")));
    }
}
