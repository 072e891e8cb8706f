package io.procmon.classroom.course;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The requirements of one homework. File names are relative to the homework directory.
 *
 * @param name matches the whole name of the homework directory
 * @param opens the earliest time of work
 * @param due the deadline
 * @param language the language of all sources, such as {@code c}
 * @param standard the version of the language, such as {@code c11}
 * @param requiredOptions options that each compile must have, such as {@code -Wall}
 * @param forbiddenOptions options that no compile may have, such as {@code -O3}
 * @param sources files that must be built, or run if they are scripts
 * @param outputs files that builds must write
 * @param mustRun programs that must run
 * @param runTime the longest time of a run
 * @param peakMemory the largest memory of a run, in bytes
 * @param forbiddenTools types such as {@code PYTHON} or wrappers such as {@code gdb} that must not be used
 * @param forbiddenErrors types of errors and warnings that no build and no run may have, such as {@code -Wreturn-type}
 * @param milestones steps that a class's progress shows
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
        List<String> forbiddenTools,
        List<String> forbiddenErrors,
        List<Milestone> milestones) {

    /**
     * A program that must run.
     *
     * @param program the path of the program or the script
     * @param exitStatus the required exit status
     */
    public record MustRun(String program, int exitStatus) {}

    /**
     * The names of the homework directories, if the pattern is a list of names such as {@code hw1} or {@code hw[3-4]};
     * empty if it is not, such as {@code hw.*} or {@code hw[0-9]}.
     */
    List<String> names() {
        return HomeworkNames.of(name);
    }

    /** The names of all checks that an activity can fail, except {@link Check#DUE}, in the order of the file. */
    public List<String> checkNames() {
        return Stream.of(
                        opens.map(_ -> Check.OPEN).stream(),
                        language.map(Check::language).stream(),
                        standard.map(Check::standard).stream(),
                        requiredOptions.stream().map(Check::option),
                        forbiddenOptions.stream().map(Check::noOption),
                        mustRun.stream().map(Check::exitStatus),
                        runTime.map(Check::runTime).stream(),
                        peakMemory.stream().mapToObj(Check::peakMemory),
                        forbiddenTools.stream().map(Check::noTool),
                        forbiddenErrors.stream().map(Check::noError))
                .flatMap(Function.identity())
                .toList();
    }
}
