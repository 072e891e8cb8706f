package io.procmon.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.events.ExecRecord;
import io.procmon.events.Moment;
import io.procmon.events.Provenance.Gap;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Times are seconds after eight o'clock. */
class WatchedTimeTest {

    private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");
    private static final String CGROUP_OF_ANOTHER = "/system.slice/docker-%s.scope".formatted("ab".repeat(32));

    private final AtomicLong losses = new AtomicLong();
    private final AtomicLong throttled = new AtomicLong();
    private Instant now = BEGIN;
    private final WatchedTime watched = new WatchedTime(losses::get, throttled::get, () -> now);

    @Test
    void containerNeverSeen_isNotWatched() {
        assertThat(watched.gap(second(5), execAt(10))).contains(Gap.BEFORE_START);
    }

    @Test
    void writtenAfterTheFirstProgram_isWatched() {
        watched.saw(execAt(3));
        watched.saw(execAt(9));

        assertThat(watched.gap(second(5), execAt(10))).isEmpty();
        assertThat(watched.gap(second(2), execAt(10))).contains(Gap.BEFORE_START);
    }

    @Test
    void programThatRanBefore_isOfUseOnlyFromNowOn() {
        now = second(4);
        watched.saw(ExecVariant.of(execAt(1)).takenIn(true).exec());

        assertThat(watched.gap(second(3), execAt(10))).contains(Gap.BEFORE_START);
        assertThat(watched.gap(second(5), execAt(10))).isEmpty();
    }

    @Test
    void anotherContainer_hasAWatchOfItsOwn() {
        watched.saw(execAt(3));

        assertThat(watched.gap(second(5), inCgroup(10, CGROUP_OF_ANOTHER, 78))).contains(Gap.BEFORE_START);
    }

    @Test
    void loss_endsTheWatchUntilItIsNoticed() {
        watched.saw(execAt(3));
        losses.incrementAndGet();
        now = second(20);

        assertThat(watched.gap(second(19), execAt(20))).contains(Gap.LOSS);
        assertThat(watched.gap(second(21), execAt(22))).isEmpty();
        assertThat(watched.gap(second(5), execAt(22))).contains(Gap.LOSS);
    }

    @Test
    void throttledContainer_isNotWatchedMeanwhile_butTheOthersAre() {
        ExecRecord other = inCgroup(3, CGROUP_OF_ANOTHER, 78);
        watched.saw(execAt(3));
        watched.saw(other);
        throttled.addAndGet(100);

        assertThat(watched.gap(second(5), execAt(10)))
                .as("nobody has said yet whose")
                .contains(Gap.LOSS);
        now = second(11);
        watched.throttled(78, true);
        throttled.addAndGet(100);
        assertThat(watched.gap(second(5), execAt(10))).isEmpty();
        assertThat(watched.gap(second(12), other)).contains(Gap.LOSS);
        now = second(15);
        watched.throttled(78, false);
        assertThat(watched.gap(second(14), other)).contains(Gap.LOSS);
        assertThat(watched.gap(second(16), other)).isEmpty();
    }

    private static ExecRecord execAt(int seconds) {
        return inCgroup(seconds, "/docker-1", 77);
    }

    private static ExecRecord inCgroup(int seconds, String path, long id) {
        return ExecVariant.of(Classroom.exec(7, "/usr/bin/bash"))
                .at(new Moment(seconds * 1_000_000_000L, second(seconds)))
                .cgroup(path, id)
                .exec();
    }

    private static Instant second(int seconds) {
        return BEGIN.plusSeconds(seconds);
    }
}
