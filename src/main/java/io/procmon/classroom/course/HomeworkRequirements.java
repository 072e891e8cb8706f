package io.procmon.classroom.course;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * What one homework requires. Files are named as seen from the homework directory.
 *
 * @param name matches the homework directory's whole name
 * @param opens when work may begin
 * @param due when it must be done
 * @param language of all sources, such as {@code c}
 * @param standard of the language, such as {@code c11}
 * @param requiredOptions each compile must have them, such as {@code -Wall}
 * @param forbiddenOptions no compile may have them, such as {@code -O3}
 * @param sources must be built, or run if they are scripts
 * @param outputs builds must make them
 * @param mustRun programs that must run
 * @param runTime of a run, at most
 * @param peakMemory of a run, in bytes, at most
 * @param forbiddenTools types such as {@code PYTHON} or wrappers such as {@code gdb} that must not be used
 */
public record HomeworkRequirements(
        Pattern name,
        Optional<Instant> opens,
        Optional<Instant> due,
        Optional<String> language,
        Optional<String> standard,
        List<String> requiredOptions,
        List<String> forbiddenOptions,
        List<String> sources,
        List<String> outputs,
        List<MustRun> mustRun,
        Optional<Duration> runTime,
        OptionalLong peakMemory,
        List<String> forbiddenTools) {

    /**
     * A program that must run.
     *
     * @param program the program or the script
     * @param exitStatus how it must end
     */
    public record MustRun(String program, int exitStatus) {}
}
