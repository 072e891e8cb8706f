package io.procmon.classroom.workflow;

import io.procmon.classroom.course.Check;
import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.classroom.course.HomeworkRequirements.MustRun;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How far a student has come with a homework. */
public enum State {
    /** Nothing was seen. */
    NOT_STARTED,
    /** There were attempts, or there is the first, and none has succeeded. */
    WORKING,
    /** A program was built. */
    BUILT,
    /** A program ran and ended well. */
    RAN,
    /** All that the homework requires was done, in time. Only where somebody has said what it requires. */
    REQUIREMENTS_MET,
    /** The time is over, and something is missing. */
    LATE;

    /** As a metric or a member of JSON has it, such as {@code requirements_met}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** How far a student has come. */
    public static State of(PatternContext context) {
        Optional<HomeworkRequirements> required = context.required();
        List<Attempt> attempts = context.history().attempts();
        if (required.isPresent()) {
            if (isMet(attempts, required.get())) {
                return REQUIREMENTS_MET;
            }
            if (required.get().due().filter(context.now()::isAfter).isPresent()) {
                return LATE;
            }
        }
        return attempts.isEmpty() && context.running().isEmpty() ? NOT_STARTED : unchecked(attempts);
    }

    private static State unchecked(List<Attempt> attempts) {
        if (attempts.stream().anyMatch(it -> it.isRun() && it.ending() == Ending.OK)) {
            return RAN;
        }
        return attempts.stream().anyMatch(it -> it.isGoodBuild() && it.program()) ? BUILT : WORKING;
    }

    /** Whether all was done by what was done in time. */
    private static boolean isMet(List<Attempt> attempts, HomeworkRequirements required) {
        List<Attempt> inTime = attempts.stream()
                .filter(it -> required.due().filter(it.endedAt()::isAfter).isEmpty())
                .toList();
        List<Attempt> good =
                inTime.stream().filter(it -> it.status().isSuccess()).toList();
        return !good.isEmpty()
                && required.sources().stream().allMatch(source -> good.stream().anyMatch(it -> it.isFrom(source)))
                && required.outputs().stream()
                        .allMatch(output ->
                                good.stream().anyMatch(it -> it.outputs().contains(output)))
                && required.mustRun().stream().allMatch(must -> hasRun(inTime, must))
                && newestOfEach(inTime, required).allMatch(State::isClean);
    }

    private static boolean hasRun(List<Attempt> attempts, MustRun must) {
        return newestRun(attempts, must)
                .filter(run -> run.status().exitCode() == must.exitStatus())
                .isPresent();
    }

    /** What speaks for the homework as it is now: for each source the newest good build, for each program the newest run. */
    private static Stream<Attempt> newestOfEach(List<Attempt> attempts, HomeworkRequirements required) {
        Stream<Attempt> builds = attempts.stream()
                .filter(Attempt::isGoodBuild)
                .filter(build -> build.sources().isEmpty() || isNewest(build, attempts));
        Stream<Attempt> runs = required.mustRun().isEmpty()
                ? attempts.stream().filter(Attempt::isRun).reduce((_, newer) -> newer).stream()
                : required.mustRun().stream().flatMap(must -> newestRun(attempts, must).stream());
        return Stream.concat(builds, runs);
    }

    private static boolean isNewest(Attempt build, List<Attempt> attempts) {
        return attempts.stream()
                .filter(Attempt::isGoodBuild)
                .filter(it -> it.sources().equals(build.sources()))
                .reduce((_, newer) -> newer)
                .filter(build::equals)
                .isPresent();
    }

    private static Optional<Attempt> newestRun(List<Attempt> attempts, MustRun must) {
        return attempts.stream()
                .filter(it -> it.isRun() && it.target().equals(must.program()))
                .reduce((_, newer) -> newer);
    }

    private static boolean isClean(Attempt attempt) {
        return attempt.failedChecks().stream().allMatch(Check.DUE::equals);
    }
}
