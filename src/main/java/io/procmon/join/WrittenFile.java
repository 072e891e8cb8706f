package io.procmon.join;

import io.procmon.events.Moment;
import io.procmon.process.ContainerPath;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A file that a build wrote.
 *
 * @param build the event id of that build
 * @param end when the build ended
 * @param written when the contents were written
 * @param sources what it was made from
 * @param identified whether the file is known by its contents, so that its path alone does not count
 */
record WrittenFile(UUID build, Moment end, Period written, Set<ContainerPath> sources, boolean identified) {

    /**
     * A file is stamped with the time of the last timer tick (current_time() in fs/inode.c), which comes every 10 ms
     * where CONFIG_HZ is at its lowest.
     */
    static final Duration TICK = Duration.ofMillis(10);

    /** Objects, headers and fields of an entry of the memory, in bytes. */
    private static final long OVERHEAD = 256;

    /** Objects and fields of a path, in bytes. */
    private static final long PATH_OVERHEAD = 64;

    private static final char LATIN_1_MAX = '\u00ff';

    /**
     * The time of a program that writes a file.
     *
     * @param from its beginning
     * @param to its end
     */
    record Period(Instant from, Instant to) {

        /** Whether a file with this stamp may have been written then, if nobody has written it since. */
        boolean includes(Instant stamp) {
            return !stamp.isBefore(from.minus(TICK)) && !stamp.isAfter(to);
        }
    }

    /** The same at another place, written by a tool. */
    WrittenFile copied(Period when) {
        return new WrittenFile(build, end, when, sources, false);
    }

    WrittenFile asIdentified() {
        return new WrittenFile(build, end, written, sources, true);
    }

    /** About how many bytes of the heap an entry takes. Sources that several entries share count for each. */
    long bytes() {
        long bytes = OVERHEAD;
        for (ContainerPath source : sources) {
            bytes += bytes(source);
        }
        return bytes;
    }

    static long bytes(ContainerPath path) {
        String value = path.value();
        boolean wide = value.chars().anyMatch(character -> character > LATIN_1_MAX);
        return PATH_OVERHEAD + (wide ? 2L * value.length() : value.length());
    }
}
