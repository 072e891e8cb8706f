package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.process.Student;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class AnalysisTest {

    private static final Analysis ANALYSIS =
            ClassRegister.analysis(Classroom.config(Map.of()).workflow());
    private static final Work WORK = new Work(new Student("os", "1", "7"), "hw1");

    @Provide
    Arbitrary<List<Attempt>> stories() {
        return Stories.attempts().list().ofMaxSize(80).uniqueElements(Attempt::id);
    }

    @Property(tries = 300)
    void anyOrderOfLateAndRepeatedEvents_givesTheSamePicture(
            @ForAll("stories") List<Attempt> story, @ForAll long seed) {
        Random random = new Random(seed);
        List<Attempt> told = new ArrayList<>(story);
        story.stream().filter(_ -> random.nextBoolean()).forEach(told::add);
        Collections.shuffle(told, random);

        assertThat(summary(told)).isEqualTo(summary(story));
    }

    @Property(tries = 300)
    void sessionsAndCycles_holdEachAttemptOnce(@ForAll("stories") List<Attempt> story) {
        History history = History.of(story);

        assertThat(history.sessions(ANALYSIS.idle()).stream()
                        .mapToInt(Session::attempts)
                        .sum())
                .isEqualTo(history.attempts().size());
        long stopped = history.builds().stream()
                .filter(build -> !build.isGoodBuild() && !build.isFailedBuild())
                .count();
        assertThat(history.cycles().stream()
                                .mapToLong(cycle -> cycle.failures().size()
                                        + cycle.success().stream().count()
                                        + cycle.runs().size())
                                .sum()
                        + stopped)
                .isEqualTo(history.attempts().size());
    }

    @Property(tries = 300)
    void sessions_areApartByTheirPause(@ForAll("stories") List<Attempt> story) {
        List<Session> sessions = History.of(story).sessions(ANALYSIS.idle());

        for (int i = 1; i < sessions.size(); i++) {
            assertThat(sessions.get(i).from())
                    .isAfterOrEqualTo(sessions.get(i - 1).to().plus(ANALYSIS.idle()));
        }
    }

    private static WorkSummary summary(List<Attempt> attempts) {
        return ANALYSIS.of(
                WORK,
                new PatternContext(
                        History.of(attempts), List.of(), Required.due(Story.at("300:00")), Story.at("600:00")));
    }
}
