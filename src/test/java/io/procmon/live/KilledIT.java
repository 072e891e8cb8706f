package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** SIGKILL at any moment: each activity that procmon has reported as spooled arrives, and each has one id. */
@Live
class KilledIT {

    private static final int LIVES = 20;
    private static final int RUNS = 250;

    @Test
    void killedAgainAndAgain_losesNothingThatWasKept_andDoublesNothing(Lab lab) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        PostOffice office = PostOffice.opened();
        Outpost outpost = Outpost.of(lab, office);

        Set<String> kept = new HashSet<>();
        for (int life = 0; life < LIVES; life++) {
            if (random.nextBoolean()) {
                office.open();
            } else {
                office.shut();
            }
            kept.addAll(lifeOf(outpost, life, random.nextInt(1, RUNS)));
        }
        office.open();
        outpost.start();
        outpost.awaitArrival(kept);

        assertThat(kept).as("seed %d", seed).hasSizeGreaterThan(2 * LIVES);
        assertThat(office.ids())
                .as("seed %d", seed)
                .allSatisfy((_, ids) -> assertThat(ids).hasSize(1));
        assertThat(office.letters())
                .allSatisfy(letter -> assertThat(letter.key()).isEqualTo(letter.id()));
    }

    /**
     * The test waits for the first run, so that procmon works when it is killed. Runs continue after that. Returns the
     * programs that it has reported as spooled: all programs up to some moment.
     */
    private static List<String> lifeOf(Outpost outpost, int life, int lastRun) {
        Service procmon = outpost.start();
        outpost.begin(life * RUNS).end();
        Outpost.awaitKept(procmon, 1);
        for (int run = 1; run < RUNS; run++) {
            StudentContainer.Running running = outpost.begin(life * RUNS + run);
            if (run == lastRun) {
                procmon.kill();
            }
            running.end();
        }
        List<String> kept = Outpost.kept(procmon);
        assertThat(kept)
                .containsExactlyElementsOf(IntStream.range(0, kept.size())
                        .mapToObj(run -> Outpost.name(life * RUNS + run))
                        .toList());
        return kept;
    }
}
