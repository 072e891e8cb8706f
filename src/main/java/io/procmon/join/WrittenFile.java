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
 * @param build the event id of that build
 * @param end when the build ended
 * @param written when the contents were written
 * @param sources what it was made from
 * @param contents the file, if procmon has found it: its path alone does not count then
 */
record WrittenFile(UUID build, Moment end, Period written, Set<ContainerPath> sources, Optional<FoundFile> contents) {

    /**
     * A file is stamped with the time of the last timer tick (current_time() in fs/inode.c), which comes every 10 ms
     * where CONFIG_HZ is at its lowest.
     */
    static final Duration TICK = Duration.ofMillis(10);

    /** Objects, headers and fields of an entry of the memory, in bytes. */
    private static final long OVERHEAD = 384;

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
        return new WrittenFile(build, end, when, sources, Optional.empty());
    }

    /** The same, now that procmon has found it. */
    WrittenFile foundAs(FoundFile file) {
        return new WrittenFile(build, end, written, sources, Optional.of(file));
    }

    /**
     * Whether a program is probably a copy that has kept the time: what {@code meson install}, rsync and tar write. CMake and tar keep
     * only its seconds, and no program that is written anew has a time of whole seconds.
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
