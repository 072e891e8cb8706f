package io.procmon.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SteadyClockTest {

    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

    private final AtomicReference<Instant> wall = new AtomicReference<>(START);
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);
    private final SteadyClock clock = new SteadyClock(wallClock(), nanos::get);

    @Test
    void wallClockThatIsSet_changesNothing() {
        wall.set(START.plus(Duration.ofDays(20)));

        assertThat(clock.instant()).isEqualTo(START);

        wall.set(START.minus(Duration.ofDays(20)));
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(3));
    }

    @Test
    void wallClockThatWasDaysAheadAtTheStart_makesNothingOlder() {
        wall.set(START.plus(Duration.ofDays(20)));
        SteadyClock wrong = new SteadyClock(wallClock(), nanos::get);
        wrong.continueFrom(START.minusSeconds(60));
        assertThat(wrong.instant()).isEqualTo(START.minusSeconds(60));

        pass(Duration.ofSeconds(3));
        wall.set(START.plusSeconds(3)); // is put right
        assertThat(wrong.instant()).isEqualTo(START.minusSeconds(57));
        pass(Duration.ofHours(2));

        assertThat(wrong.instant()).isEqualTo(wall.get());
    }

    @Test
    void downtime_countsAfterAnHour() {
        SteadyClock later = new SteadyClock(wallClock(), nanos::get);
        later.continueFrom(START.minus(Duration.ofDays(3)));

        pass(Duration.ofMinutes(59));
        assertThat(later.instant()).isEqualTo(wall.get().minus(Duration.ofDays(3)));
        pass(Duration.ofMinutes(1));

        assertThat(later.instant()).isEqualTo(wall.get());
    }

    @Test
    void wallClockThatIsSetAheadWithinTheHour_isNotTrusted() {
        SteadyClock later = new SteadyClock(wallClock(), nanos::get);
        later.continueFrom(START.minusSeconds(60));
        later.instant();

        wall.set(START.plus(Duration.ofDays(20)));
        pass(Duration.ofHours(2));

        assertThat(later.instant()).isEqualTo(START.plus(Duration.ofHours(2)));
    }

    @Test
    void activitiesOfAClockThatWasAhead_keepTheirAge() {
        SteadyClock later = new SteadyClock(wallClock(), nanos::get);
        later.continueFrom(START.plus(Duration.ofDays(20)));

        pass(Duration.ofHours(2));

        assertThat(later.instant()).isEqualTo(START.plus(Duration.ofDays(20)).plus(Duration.ofHours(2)));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        wall.updateAndGet(now -> now.plus(time));
    }

    private Clock wallClock() {
        return new Clock() {
            @Override
            public Instant instant() {
                return wall.get();
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };
    }
}
