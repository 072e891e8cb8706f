package io.procmon.classroom.workflow;

import io.procmon.classroom.measures.Compilation;
import io.procmon.classroom.measures.ResolveTimes;
import io.procmon.classroom.measures.Watwin;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Published measures of the errors in a student's builds of a homework. They describe the log, not the student.
 *
 * @param work the student and the homework
 * @param builds the number of builds
 * @param failedBuilds the number of failed builds
 * @param errors the Error Quotient and the Repeated Error Density; empty without stored diagnostics
 * @param watwin the Watwin score in the variant {@link Watwin#VARIANT}; empty if it is undefined
 */
public record WorkMeasures(Work work, int builds, int failedBuilds, WorkErrors errors, OptionalDouble watwin) {

    /**
     * The measures of a work.
     *
     * @param times the times of all students at the same homework, including this one
     */
    public static WorkMeasures of(Work work, History history, ResolveTimes times) {
        List<Attempt> builds = history.builds();
        WorkErrors errors = WorkErrors.of(history);
        return new WorkMeasures(
                work,
                builds.size(),
                Math.toIntExact(builds.stream().filter(Attempt::isFailedBuild).count()),
                errors,
                errors.repeatedErrorDensity().isEmpty()
                        ? OptionalDouble.empty()
                        : Watwin.of(WorkErrors.compilations(builds), times));
    }

    /** Adds the times that a student needed from a failed build to the next build of the same file. */
    public static void addTimes(History history, ResolveTimes times) {
        List<Compilation> session = WorkErrors.compilations(history.builds());
        times.add(session);
    }
}
