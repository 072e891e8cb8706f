package io.procmon.classroom.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A run that has not ended.
 *
 * @param target the script or the program, relative to the homework directory
 * @param startedAt its start
 * @param cpu CPU time of all its threads when it was last read
 */
public record RunningProgram(String target, Instant startedAt, Duration cpu) {

    /** The same run with its target's name replaced. */
    public RunningProgram renamed(UnaryOperator<String> names) {
        return new RunningProgram(names.apply(target), startedAt, cpu);
    }
}
