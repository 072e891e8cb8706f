package io.procmon.workflow;

import java.time.Duration;
import java.time.Instant;

/**
 * A run that has not ended.
 *
 * @param target the script or the program, relative to the homework directory
 * @param startedAt when it began
 */
public record RunningProgram(String target, Instant startedAt) {

    /** For how long it has been running. */
    public Duration age(Instant now) {
        return Duration.between(startedAt, now);
    }
}
