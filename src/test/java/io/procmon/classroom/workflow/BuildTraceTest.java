package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A run on one node, and the build on another. */
class BuildTraceTest {

    /** The last attempt is the run; the number is that of its build. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        otherNode       | 0:00 build ok on=a program=9@0:01; 1:00 run ok on=b program=9@0:01 | 0 | a
        sameNode        | 0:00 build ok on=a program=9@0:01; 1:00 run ok on=a program=9@0:01 | 0 |
        nodeUnknown     | 0:00 build ok program=9@0:01; 1:00 run ok on=b program=9@0:01      | 0 |
        clockIsBehind   | 2:00 build ok on=a program=9@0:01; 1:00 run ok on=b program=9@0:01 | 0 | a
        anotherSize     | 0:00 build ok on=a program=8@0:01; 1:00 run ok on=b program=9@0:01 |   |
        anotherTime     | 0:00 build ok on=a program=9@0:02; 1:00 run ok on=b program=9@0:01 |   |
        failedBuild     | 0:00 build failed on=a program=9@0:01; 1:00 run ok on=b program=9@0:01 | |
        otherRun        | 0:00 run ok on=a program=9@0:01; 1:00 run ok on=b program=9@0:01   |   |
        nothingKnown    | 0:00 build ok on=a; 1:00 run ok on=b                               |   |
        twoCandidates   | 0:00 build ok on=a program=9@0:01; 0:00 build ok on=c program=9@0:01; 1:00 run ok on=b program=9@0:01 | |
        threeCandidates | 0:00 build ok on=a program=9@0:01; 0:00 build ok on=c program=9@0:01; 0:00 build ok on=d program=9@0:01; 1:00 run ok on=b program=9@0:01 | |
        newerBuild      | 0:00 build ok on=a program=9@0:01; 0:10 build ok on=a program=9@0:11; 1:00 run ok on=b program=9@0:11 | 1 | a
        """)
    void run_hasTheOnlyBuildThatWroteItsProgram(String name, String story, Integer build, String node) {
        List<Attempt> attempts = Story.of(story);

        Attempt run = traced(BuildTrace.of(attempts), attempts.getLast());

        assertThat(run.descent().builtBy().orElse(null))
                .isEqualTo(build == null ? null : attempts.get(build).id());
        assertThat(run.origin().builtOn().orElse(null)).isEqualTo(node);
    }

    @ParameterizedTest
    @CsvSource("0:00 build ok on=a program=9@0:01; 1:00 run ok on=b by=7 program=9@0:01")
    void runThatItsNodeCouldTrace_staysAsItIs(String story) {
        List<Attempt> attempts = Story.of(story);

        assertThat(BuildTrace.of(attempts)).isEqualTo(attempts);
    }

    @Provide
    Arbitrary<List<Attempt>> stories() {
        return Stories.attempts().list().ofMaxSize(80).uniqueElements(Attempt::id);
    }

    @Property(tries = 300)
    void anyOrderAndRepetition_tracesTheSame(@ForAll("stories") List<Attempt> story, @ForAll long seed) {
        Random random = new Random(seed);
        List<Attempt> told = new ArrayList<>(story);
        story.stream().filter(_ -> random.nextBoolean()).forEach(told::add);
        Collections.shuffle(told, random);

        assertThat(BuildTrace.of(told)).isEqualTo(BuildTrace.of(story));
    }

    private static Attempt traced(List<Attempt> attempts, Attempt which) {
        return attempts.stream()
                .filter(attempt -> attempt.id().equals(which.id()))
                .findFirst()
                .orElseThrow();
    }
}
