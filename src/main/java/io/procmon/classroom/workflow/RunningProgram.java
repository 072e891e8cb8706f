package io.procmon.classroom.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * A run that has not ended.
 *
 * @param target the script or the program, relative to the homework directory
 * @param startedAt when it began
 * @param cpu the processor time that it was last seen to have used, of all its threads
 */
public record RunningProgram(String target, Instant startedAt, Duration cpu) {

    /** The same with another name for what runs. */
    public RunningProgram renamed(UnaryOperator<String> names) {
        return new RunningProgram(names.apply(target), startedAt, cpu);
    }
}
