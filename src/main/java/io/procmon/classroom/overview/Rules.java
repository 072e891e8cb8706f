package io.procmon.classroom.overview;

import io.procmon.classroom.workflow.Work;
import io.procmon.config.ProcmonConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * The limits for signs.
 *
 * @param idle the pause after which a student is not at work any more
 * @param share the share of a class that a student is compared with, in percent
 * @param students the fewest other students for a comparison
 */
record Rules(Duration idle, int share, int students) {

    /** The limits of a configuration. */
    static Rules of(ProcmonConfig.Workflow options) {
        return new Rules(options.idle(), options.classShare(), options.classStudents());
    }

    /**
     * Whether a student is at work. One who has opted out is not.
     *
     * @param busy the works with running programs
     */
    boolean isAtWork(Row row, Set<Work> busy, Instant now) {
        return !row.isOptedOut() && (busy.contains(row.work()) || isRecent(row, now));
    }

    /** Whether the newest build or run ended a short while ago. */
    boolean isRecent(Row row, Instant now) {
        return Duration.between(row.lastSeen(), now).compareTo(idle) <= 0;
    }
}
