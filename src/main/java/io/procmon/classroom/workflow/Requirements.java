package io.procmon.classroom.workflow;

import io.procmon.classroom.course.Check;
import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.classroom.course.HomeworkRequirements.MustRun;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The requirements of a homework, compared with the attempts that ended before the due date.
 *
 * @param required the requirements
 * @param inTime the attempts that ended before the due date, in order
 * @param good those of them that ended with status 0
 */
record Requirements(HomeworkRequirements required, List<Attempt> inTime, List<Attempt> good) {

    static Requirements in(List<Attempt> attempts, HomeworkRequirements required) {
        List<Attempt> inTime = attempts.stream()
                .filter(it -> required.due().filter(it.endedAt()::isAfter).isEmpty())
                .toList();
        return new Requirements(
                required,
                inTime,
                inTime.stream().filter(it -> it.status().isSuccess()).toList());
    }

    /** Whether all requirements are met. */
    boolean areMet() {
        return each().values().stream().allMatch(Boolean::booleanValue)
                && !good.isEmpty()
                && newestOfEach().allMatch(Requirements::isClean);
    }

    /** Whether each requirement is met, by its name, in the order of the course file. */
    Map<String, Boolean> each() {
        Map<String, Boolean> met = new LinkedHashMap<>();
        required.sources()
                .forEach(source -> met.put("source " + source, good.stream().anyMatch(it -> it.isFrom(source))));
        required.outputs()
                .forEach(output -> met.put(
                        "output " + output,
                        good.stream().anyMatch(it -> it.files().outputs().contains(output))));
        List<Attempt> newest = newestOfEach().toList();
        for (String check : required.checkNames()) {
            met.put(
                    check,
                    !good.isEmpty()
                            && newest.stream().noneMatch(it -> it.failedChecks().contains(check)));
        }
        required.mustRun().forEach(must -> met.put(Check.exitStatus(must), hasRun(must)));
        return met;
    }

    private boolean hasRun(MustRun must) {
        return newestRun(must)
                .filter(run -> run.status().exitCode() == must.exitStatus())
                .isPresent();
    }

    /**
     * The attempts that show the current state: for each source the newest successful build, for each program the
     * newest run.
     */
    private Stream<Attempt> newestOfEach() {
        Map<List<String>, Attempt> builds = new LinkedHashMap<>();
        List<Attempt> unnamed = inTime.stream()
                .filter(Attempt::isGoodBuild)
                .filter(build -> build.files().sources().isEmpty())
                .toList();
        inTime.stream()
                .filter(Attempt::isGoodBuild)
                .filter(build -> !build.files().sources().isEmpty())
                .forEach(build -> builds.put(build.files().sources(), build));
        Stream<Attempt> runs = required.mustRun().isEmpty()
                ? newest(Attempt::isRun).stream()
                : required.mustRun().stream().flatMap(must -> newestRun(must).stream());
        return Stream.of(unnamed.stream(), builds.values().stream(), runs).flatMap(it -> it);
    }

    private Optional<Attempt> newestRun(MustRun must) {
        return newest(it -> it.isRun() && it.target().equals(must.program()));
    }

    private Optional<Attempt> newest(Predicate<Attempt> which) {
        return inTime.stream().filter(which).reduce((_, newer) -> newer);
    }

    private static boolean isClean(Attempt attempt) {
        return attempt.failedChecks().stream().allMatch(Check.DUE::equals);
    }
}
