package io.procmon.classroom.workflow;

import io.procmon.process.WaitStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * The execution of a process.
 *
 * @param startedAt start of the process
 * @param endedAt end of the process
 * @param status the wait status
 * @param cpu CPU time of all threads
 * @param peakMemory the largest resident set, in bytes
 */
public record Execution(Instant startedAt, Instant endedAt, WaitStatus status, Duration cpu, long peakMemory) {

    /** Wall-clock time. */
    public Duration duration() {
        return Duration.between(startedAt, endedAt);
    }
}
