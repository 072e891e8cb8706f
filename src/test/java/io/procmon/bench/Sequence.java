package io.procmon.bench;

import io.procmon.bench.Sightings.Sighting;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The difference between the reported execs and the load.
 *
 * @param lost execs that were never reported
 * @param repeated execs that were reported again
 * @param reordered execs that were reported after a later one of the same student
 */
record Sequence(long lost, long repeated, long reordered) {

    static Sequence of(Load load, List<Sighting> sightings) {
        BitSet seen = new BitSet(load.count());
        long[] latest = new long[Load.STUDENTS];
        Arrays.fill(latest, -1);
        long repeated = 0;
        long reordered = 0;
        for (Sighting sighting : sightings) {
            int number = (int) (sighting.number() - load.first());
            int student = number % Load.STUDENTS;
            if (seen.get(number)) {
                repeated++;
            } else if (number < latest[student]) {
                reordered++;
            }
            seen.set(number);
            latest[student] = Math.max(latest[student], number);
        }
        return new Sequence(load.count() - seen.cardinality(), repeated, reordered);
    }
}
