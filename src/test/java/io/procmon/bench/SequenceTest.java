package io.procmon.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.bench.Sightings.Sighting;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SequenceTest {

    private static final int STUDENTS = Load.STUDENTS;

    private final Load load = new Load("b-", STUDENTS, "n", 100L * STUDENTS, 2 * STUDENTS, 0, OptionalInt.empty());

    @Test
    void everythingInOrder_isNothingToReport() {
        Sequence sequence = Sequence.of(load, shown(LongStream.range(0, 2 * STUDENTS)));

        assertThat(sequence).isEqualTo(new Sequence(0, 0, 0));
    }

    @Test
    void numberThatNeverCame_isLost() {
        Sequence sequence = Sequence.of(load, shown(LongStream.range(1, 2 * STUDENTS)));

        assertThat(sequence).isEqualTo(new Sequence(1, 0, 0));
    }

    @Test
    void numberThatCameTwice_isRepeatedAndNotReordered() {
        LongStream again = LongStream.concat(LongStream.range(0, 2 * STUDENTS), LongStream.of(0));

        Sequence sequence = Sequence.of(load, shown(again));

        assertThat(sequence).isEqualTo(new Sequence(0, 1, 0));
    }

    @Test
    void laterNumberOfTheSameStudentFirst_isReordered() {
        LongStream swapped = LongStream.concat(
                LongStream.of(STUDENTS, 0), LongStream.range(1, 2 * STUDENTS).filter(n -> n != STUDENTS));

        Sequence sequence = Sequence.of(load, shown(swapped));

        assertThat(sequence).isEqualTo(new Sequence(0, 0, 1));
    }

    @Test
    void otherStudentFirst_isNotReordered() {
        LongStream backwardsAcrossStudents =
                LongStream.range(0, 2 * STUDENTS).map(n -> n < STUDENTS ? STUDENTS - 1 - n : n);

        Sequence sequence = Sequence.of(load, shown(backwardsAcrossStudents));

        assertThat(sequence).isEqualTo(new Sequence(0, 0, 0));
    }

    private List<Sighting> shown(LongStream offsets) {
        return offsets.mapToObj(offset -> new Sighting(load.first() + offset, 0))
                .toList();
    }
}
