package io.procmon.join;

import static io.procmon.Classroom.exec;
import static io.procmon.Classroom.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.events.Activity;
import io.procmon.events.Argv;
import io.procmon.events.Attributed;
import io.procmon.events.ExecRecord;
import io.procmon.events.Started;
import io.procmon.events.Truncation;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.WrittenFiles;
import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunningBudgetTest {

    private static final Student ALICE = new Student("os", "1", "202012180");
    private static final Student BOB = new Student("os", "1", "202012181");
    private static final ContainerPath DEEP =
            ContainerPath.of("/home/coder/project/hw1" + ("/" + "d".repeat(199)).repeat(18));
    private static final long MAX = 200_000;

    private final RunningBudget budget = new RunningBudget(MAX);
    private final RunningImages running =
            new RunningImages((_, _) -> Optional.empty(), WatchedTime.complete(), new WrittenFiles(), budget);

    @Test
    void manyLongPaths_neverTakeMoreThanTheBudget_andAllAreReported() {
        for (int tgid = 1; tgid <= 500; tgid++) {
            running.take(begin(sleeper(ALICE, tgid)));
            assertThat(budget.total()).isLessThanOrEqualTo(MAX);
        }
        assertThat(running.activities()).isEqualTo(500);

        for (int tgid = 1; tgid <= 500; tgid++) {
            assertThat(end(tgid)).isPresent();
        }
        assertThat(budget.total()).isZero();
    }

    @Test
    void whoHasTheMost_isClipped_andOthersAreNot() {
        for (int tgid = 1; tgid <= 100; tgid++) {
            running.take(begin(sleeper(ALICE, tgid)));
        }

        running.take(begin(sleeper(BOB, 1000)));

        assertThat(end(1000)).hasValueSatisfying(activity -> {
            assertThat(activity.target()).isEqualTo(DEEP.resolve("sleeper1000"));
            assertThat(activity.started().origin().exec().truncated()).isEmpty();
        });
        assertThat(end(100)).hasValueSatisfying(activity -> {
            assertThat(activity.target().fileName()).isEqualTo("sleeper100");
            assertThat(activity.target().value()).startsWith("/" + ContainerPath.CUT + "/");
            assertThat(activity.started().origin().exec().truncated()).contains(Truncation.EXECUTABLE, Truncation.CWD);
        });
    }

    @Test
    void clippedActivity_countsForNothing_whateverItHolds() {
        Started largest = build(new Command.Compile(
                Collections.nCopies(20, new Source(DEEP.resolve("main.c"), "c")),
                Collections.nCopies(20, DEEP.resolve("list.o")),
                Collections.nCopies(20, DEEP.resolve("main")),
                CompilerSettings.NONE));

        assertThat(RunningBudget.weight(largest)).isGreaterThan(100_000);
        assertThat(RunningBudget.weight(largest.clipped())).isZero();
        assertThat(largest.clipped().eventId()).isEqualTo(largest.eventId());
    }

    @Test
    void ordinaryActivity_isNotCounted_andNotChangedByClipping() {
        Started ordinary = started(ALICE, exec(1, Classroom.HW1.resolve("main").value(), "./main", "x"));

        assertThat(RunningBudget.weight(ordinary)).isZero();
        assertThat(ordinary.clipped()).isEqualTo(ordinary);
    }

    private static Step<Started> begin(Started started) {
        return new Step.Begin<>(started.origin().exec(), Outcome.proceed(started));
    }

    private Optional<Activity> end(int tgid) {
        return running.take(new Step.End<>(Classroom.exit(image(tgid, 1), 0))).flatMap(Outcome::proceeding);
    }

    private static Started sleeper(Student student, int tgid) {
        String program = DEEP.resolve("sleeper" + tgid).value();
        return started(
                student, ExecVariant.of(exec(tgid, program, program)).cwd(DEEP).exec());
    }

    private static Started started(Student student, ExecRecord exec) {
        return new Started(
                origin(student, exec), new Command.Run(exec.call().executable().path(), false), "hw1");
    }

    private static Started build(Command.Compile command) {
        List<String> arguments = Collections.nCopies(2000, "-DX=0123456789");
        ExecRecord exec = ExecVariant.of(exec(1, "/usr/bin/gcc", "gcc"))
                .argv(new Argv(arguments, false, 32_000))
                .cwd(DEEP)
                .filename(DEEP.value())
                .exec();
        return new Started(origin(ALICE, exec), command, "hw1");
    }

    private static Attributed origin(Student student, ExecRecord exec) {
        return new Attributed(exec, student, new ProcessType.UserBinary(), Optional.empty(), Classroom.NODE);
    }
}
