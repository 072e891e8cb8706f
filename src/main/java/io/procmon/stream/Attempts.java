package io.procmon.stream;

import io.procmon.classroom.course.Check;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.BuildFiles;
import io.procmon.classroom.workflow.Descent;
import io.procmon.classroom.workflow.Execution;
import io.procmon.classroom.workflow.Origin;
import io.procmon.classroom.workflow.ProgramStamp;
import io.procmon.classroom.workflow.RunningProgram;
import io.procmon.classroom.workflow.TestRuns;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.events.Activity;
import io.procmon.events.Attributed;
import io.procmon.events.BuiltBy;
import io.procmon.events.ProgramFile;
import io.procmon.events.Started;
import io.procmon.homework.HomeworkPath;
import io.procmon.parser.Command;
import io.procmon.parser.Source;
import io.procmon.process.RawText;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Creates the attempt of an activity, which the class view stores. */
public final class Attempts {

    private Attempts() {}

    /**
     * The attempt of an activity.
     *
     * @param checks the results of the homework's requirements
     * @param diagnostics its errors and warnings
     */
    public static Attempt of(Activity activity, List<Check> checks, Diagnostics diagnostics) {
        Attributed origin = activity.started().origin();
        String homework = activity.started().homework();
        Instant startedAt = origin.exec().at().utc();
        boolean build = activity instanceof Activity.Build;
        return new Attempt(
                activity.eventId(),
                build ? Attempt.Kind.BUILD : Attempt.Kind.RUN,
                origin.type().label(),
                HomeworkPath.below(homework, activity.target()),
                new Execution(
                        startedAt,
                        startedAt.plus(activity.duration()),
                        activity.end().status(),
                        activity.end()
                                .usage()
                                .user()
                                .plus(activity.end().usage().system()),
                        activity.end().usage().peakMemory()),
                new BuildFiles(
                        activity instanceof Activity.Build it ? sources(it.command(), homework) : List.of(),
                        activity.started().sourceBytes(),
                        activity instanceof Activity.Build it ? outputs(it.command(), homework) : List.of(),
                        activity instanceof Activity.Build it && it.command().makesProgram()),
                new Descent(
                        activity instanceof Activity.Run run ? run.builtBy().map(BuiltBy::build) : Optional.empty(),
                        build ? activity.started().buildId() : Optional.empty(),
                        activity.started().descent().wrappers().stream()
                                .map(RawText::readable)
                                .toList()),
                new Origin(origin.node().name(), program(activity, homework)),
                activity instanceof Activity.Run && isTest(activity),
                checks.stream()
                        .filter(check -> !check.passed())
                        .map(Check::requirement)
                        .toList(),
                diagnostics);
    }

    private static Optional<ProgramStamp> program(Activity activity, String homework) {
        Optional<ProgramFile> program = switch (activity) {
            case Activity.Build build -> build.program();
            case Activity.Run run -> run.program();
        };
        return program.flatMap(it -> ProgramStamp.of(homework, it.path(), it.bytes(), it.modifiedAt()));
    }

    /**
     * A run that has not ended.
     *
     * @param cpu CPU time so far
     */
    public static RunningProgram running(Started started, Duration cpu) {
        return new RunningProgram(
                HomeworkPath.below(started.homework(), started.command().target()),
                started.origin().exec().at().utc(),
                cpu);
    }

    private static List<String> outputs(Command.Compile compile, String homework) {
        return compile.outputs().stream()
                .map(path -> HomeworkPath.below(homework, path))
                .toList();
    }

    private static List<String> sources(Command.Compile compile, String homework) {
        return compile.sources().stream()
                .map(Source::path)
                .map(path -> HomeworkPath.below(homework, path))
                .toList();
    }

    /** Whether a run executes tests, judged by the name of the program or of the test runner. */
    static boolean isTest(Activity activity) {
        return TestRuns.isTest(
                activity.target().fileName(),
                activity.started().origin().exec().call().argv().arguments());
    }
}
