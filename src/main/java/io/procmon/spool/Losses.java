package io.procmon.spool;

import io.quarkus.logging.Log;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Logs dropped activities with their range of time: one line for all of a period. */
final class Losses {

    private static final long PAUSE = TimeUnit.SECONDS.toNanos(10);

    private final Map<GivenUp, Range> ranges = new EnumMap<>(GivenUp.class);
    private long saidAt = System.nanoTime() - PAUSE;

    private record Range(long count, Optional<Instant> from, Optional<Instant> to) {

        Range and(Optional<Instant> keptAt) {
            return new Range(count + 1, from.or(() -> keptAt), keptAt.or(() -> to));
        }
    }

    void add(GivenUp why, Optional<Instant> keptAt) {
        ranges.merge(why, new Range(1, keptAt, keptAt), (before, _) -> before.and(keptAt));
    }

    /** Whether there is something that was not logged yet. */
    boolean isPending() {
        return !ranges.isEmpty();
    }

    void say(long now) {
        if (ranges.isEmpty() || now - saidAt < PAUSE) {
            return;
        }
        saidAt = now;
        ranges.forEach((why, range) -> Log.warn(sentence(why, range)));
        ranges.clear();
    }

    private static String sentence(GivenUp why, Range range) {
        String times = range.from()
                .map(from -> ", kept from %s to %s".formatted(from, range.to().orElse(from)))
                .orElse("");
        return switch (why) {
            case SIZE -> "the spool is full: its %d oldest activities%s were dropped".formatted(range.count(), times);
            case AGE -> "%d activities%s were too old and were dropped".formatted(range.count(), times);
            case UNREADABLE -> "%d activities in the spool cannot be read and were dropped".formatted(range.count());
            case DAMAGED -> "%d activities were lost with a damaged file".formatted(range.count());
        };
    }
}
