package io.procmon.classroom.workflow;

import io.procmon.classroom.course.Check;
import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.classroom.course.HomeworkRequirements.MustRun;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A student's progress in a homework. */
public enum State {
    /** No activity was seen. */
    NOT_STARTED,
    /** An attempt exists or runs, but none has succeeded. */
    WORKING,
    /** A program was built. */
    BUILT,
    /** A program ran and ended with status 0. */
    RAN,
    /** All requirements of the homework were met before the due date. Never reached without requirements. */
    REQUIREMENTS_MET,
    /** The due date has passed, and a requirement is not met. */
    LATE;

    /** The value in metrics and JSON, such as {@code requirements_met}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The progress that the history shows. */
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
        return attempts.stream().anyMatch(it -> it.isGoodBuild() && it.files().program()) ? BUILT : WORKING;
    }

    /** Whether the attempts, all in time, meet the requirements. */
    private static boolean isMet(List<Attempt> attempts, HomeworkRequirements required) {
        List<Attempt> inTime = attempts.stream()
                .filter(it -> required.due().filter(it.endedAt()::isAfter).isEmpty())
                .toList();
        List<Attempt> good =
                inTime.stream().filter(it -> it.status().isSuccess()).toList();
        return !good.isEmpty()
                && required.sources().stream().allMatch(source -> good.stream().anyMatch(it -> it.isFrom(source)))
                && required.outputs().stream()
                        .allMatch(output -> good.stream()
                                .anyMatch(it -> it.files().outputs().contains(output)))
                && required.mustRun().stream().allMatch(must -> hasRun(inTime, must))
                && newestOfEach(inTime, required).allMatch(State::isClean);
    }

    private static boolean hasRun(List<Attempt> attempts, MustRun must) {
        return newestRun(attempts, must)
                .filter(run -> run.status().exitCode() == must.exitStatus())
                .isPresent();
    }

    /**
     * The attempts that show the current state: for each source the newest successful build, for each program the
     * newest run.
     */
    private static Stream<Attempt> newestOfEach(List<Attempt> attempts, HomeworkRequirements required) {
        Stream<Attempt> builds = attempts.stream()
                .filter(Attempt::isGoodBuild)
                .filter(build -> build.files().sources().isEmpty() || isNewest(build, attempts));
        Stream<Attempt> runs = required.mustRun().isEmpty()
                ? attempts.stream().filter(Attempt::isRun).reduce((_, newer) -> newer).stream()
                : required.mustRun().stream().flatMap(must -> newestRun(attempts, must).stream());
        return Stream.concat(builds, runs);
    }

    private static boolean isNewest(Attempt build, List<Attempt> attempts) {
        return attempts.stream()
                .filter(Attempt::isGoodBuild)
                .filter(it -> it.files().sources().equals(build.files().sources()))
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
