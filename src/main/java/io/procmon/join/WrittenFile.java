package io.procmon.join;

import io.procmon.events.Executable;
import io.procmon.events.FoundFile;
import io.procmon.events.Moment;
import io.procmon.process.ContainerPath;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A file that a build wrote.
 *
 * @param build the event id of the build
 * @param end when the build ended
 * @param written when the contents were written
 * @param sources the sources that it was made from
 * @param contents the file that procmon found at the path; its path alone then no longer counts
 */
record WrittenFile(UUID build, Moment end, Period written, Set<ContainerPath> sources, Optional<FoundFile> contents) {

    /**
     * The longest interval between two timer ticks, where CONFIG_HZ is 100. The kernel stamps a file with the time of
     * the last tick (current_time() in fs/inode.c).
     */
    static final Duration TICK = Duration.ofMillis(10);

    /** The bytes of an entry: its objects, headers and fields. */
    private static final long OVERHEAD = 384;

    /** The bytes of a path without its characters: its objects and fields. */
    private static final long PATH_OVERHEAD = 64;

    private static final char LATIN_1_MAX = '\u00ff';

    /**
     * A period in which a program writes a file.
     *
     * @param from its beginning
     * @param to its end
     */
    record Period(Instant from, Instant to) {

        /**
         * Whether a file with this stamp may have been written in the period, if no other program has written it since.
         */
        boolean includes(Instant stamp) {
            return !stamp.isBefore(from.minus(TICK)) && !stamp.isAfter(to);
        }
    }

    /** The same file at another place, as a tool copied it. */
    WrittenFile copied(Period when) {
        return new WrittenFile(build, end, when, sources, Optional.empty());
    }

    /** The same file, after procmon has found it. */
    WrittenFile foundAs(FoundFile file) {
        return new WrittenFile(build, end, written, sources, Optional.of(file));
    }

    /**
     * Whether a program is probably a copy that has kept the time, as {@code meson install}, rsync and tar make it. CMake and
     * tar keep whole seconds only. A file that is written anew almost never has a time of whole seconds.
     */
    boolean isLike(Executable program) {
        Instant stamp = program.modifiedAt();
        return contents.filter(file -> file.bytes() == program.bytes()
                        && (file.modifiedAt().equals(stamp)
                                || file.modifiedAt()
                                        .truncatedTo(ChronoUnit.SECONDS)
                                        .equals(stamp)))
                .isPresent();
    }

    /** The approximate size of an entry in the heap, in bytes. Sources that several entries share count for each. */
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
