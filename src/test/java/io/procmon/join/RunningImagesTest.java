package io.procmon.join;

import static io.procmon.Classroom.exec;
import static io.procmon.Classroom.exit;
import static io.procmon.Classroom.image;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.KnownTools;
import io.procmon.events.Activity;
import io.procmon.events.Attributed;
import io.procmon.events.ExecRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.Started;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunningImagesTest {

    private static final Source MAIN = new Source(Classroom.HW1.resolve("main.c"), "c");

    private final RunningImages running = new RunningImages((_, _) -> Optional.empty());

    @Test
    void execAndItsExit_areAnActivity() {
        assertThat(running.take(begin(image(7, 1)))).isEmpty();
        assertThat(running.activities()).isOne();

        assertThat(running.take(end(image(7, 1), 0x100)).flatMap(Outcome::proceeding))
                .hasValueSatisfying(activity -> {
                    assertThat(activity).isInstanceOf(Activity.Run.class);
                    assertThat(activity.end().status().exitCode()).isOne();
                    assertThat(activity.duration()).isEqualTo(Duration.ofMillis(1));
                });
        assertThat(running.activities()).isZero();
        assertThat(running.images()).isZero();
    }

    @Test
    void compile_becomesABuild() {
        running.take(
                begin(image(7, 1), new Command.Compile(List.of(MAIN), List.of(), List.of(), CompilerSettings.NONE)));

        assertThat(running.take(end(image(7, 1), 0)).flatMap(Outcome::proceeding))
                .containsInstanceOf(Activity.Build.class);
    }

    @Test
    void anotherExecOfTheProcess_replacesTheFirst() {
        running.take(begin(image(7, 1)));

        assertThat(running.take(begin(image(7, 2)))).contains(Outcome.stop(Reason.REPLACED));
        assertThat(running.take(end(image(7, 2), 0)).flatMap(Outcome::proceeding))
                .isPresent();
    }

    @Test
    void activity_goesOnInWhatItsProcessBecomes() {
        running.take(begin(image(7, 1)));

        assertThat(running.take(nothing(image(7, 2)))).isEmpty();
        assertThat(running.activities()).isOne();
        assertThat(running.take(end(image(7, 2), 0x100)).flatMap(Outcome::proceeding))
                .hasValueSatisfying(activity -> {
                    assertThat(activity.target()).isEqualTo(Classroom.HW1.resolve("main"));
                    assertThat(activity.end().status().exitCode()).isOne();
                });
        assertThat(running.endsWithoutBegin()).isZero();
        assertThat(running.activities()).isZero();
    }

    @Test
    void build_goesOnInACompilerThatNobodyKnows() {
        running.take(
                begin(image(7, 1), new Command.Compile(List.of(MAIN), List.of(), List.of(), CompilerSettings.NONE)));
        running.take(nothing(image(7, 2)));

        assertThat(running.take(end(image(7, 2), 0x200)).flatMap(Outcome::proceeding))
                .hasValueSatisfying(
                        build -> assertThat(build.end().status().exitCode()).isEqualTo(2));
    }

    @Test
    void scriptWhoseInterpreterStartsATool_isTheToolsRun() {
        Command.Run run = new Command.Run(Classroom.HW1.resolve("count.awk"), false);
        running.take(script(image(7, 1)));
        running.take(nothing(image(7, 2)));

        assertThat(running.take(child(image(7, 2), image(8, 1), run))).contains(Outcome.stop(Reason.REPLACED));
        assertThat(running.activities()).isOne();
        assertThat(running.take(end(image(8, 1), 0)).flatMap(Outcome::proceeding))
                .isPresent();
        assertThat(running.take(end(image(7, 2), 0))).isEmpty();
    }

    @Test
    void scriptWhoseInterpreterStartsAnotherProgram_isARunBesideIt() {
        running.take(script(image(7, 1)));
        running.take(nothing(image(7, 2)));

        assertThat(running.take(child(image(7, 2), image(8, 1), new Command.Run(Classroom.HW1.resolve("main"), false))))
                .isEmpty();
        assertThat(running.activities()).isEqualTo(2);
    }

    @Test
    void reusedPid_isAnotherProcess() {
        running.take(begin(new ImageKey(7, 100, 1)));

        assertThat(running.take(begin(new ImageKey(7, 200, 1)))).contains(Outcome.stop(Reason.END_UNSEEN));
        assertThat(running.activities()).isOne();
    }

    @Test
    void endOfAReusedPid_doesNotEndTheFirst() {
        running.take(begin(new ImageKey(7, 100, 1)));

        assertThat(running.take(end(new ImageKey(7, 200, 1), 0))).contains(Outcome.stop(Reason.END_UNSEEN));
        assertThat(running.endsWithoutBegin()).isOne();
        assertThat(running.activities()).isZero();
    }

    @Test
    void endWithoutABegin_isCounted() {
        assertThat(running.take(end(image(7, 1), 0))).isEmpty();
        assertThat(running.endsWithoutBegin()).isOne();
    }

    @Test
    void lookThatFails_losesTheActivityAndNothingElse() {
        RunningImages broken = new RunningImages((_, _) -> {
            throw new ArithmeticException("a bug");
        });
        Command.Action build = new Command.Compile(
                List.of(MAIN), List.of(), List.of(Classroom.HW1.resolve("main")), CompilerSettings.NONE);
        broken.take(begin(image(7, 1), build));
        broken.take(begin(image(8, 1)));

        assertThatThrownBy(() -> broken.take(end(image(7, 1), 0))).isInstanceOf(ArithmeticException.class);

        assertThat(broken.takeLost()).isOne();
        assertThat(broken.takeLost()).isZero();
        assertThat(broken.activities()).isOne();
        assertThat(broken.images()).isOne();
        assertThat(broken.take(end(image(8, 1), 0)).flatMap(Outcome::proceeding))
                .isPresent();
    }

    @Test
    void secondEnd_isNoSecondActivity() {
        running.take(begin(image(7, 1)));
        running.take(end(image(7, 1), 0));

        assertThat(running.take(end(image(7, 1), 0))).isEmpty();
    }

    @Test
    void imageThatIsNoActivity_isKnownByItsEnd() {
        running.take(nothing(image(7, 1)));
        assertThat(running.images()).isOne();
        assertThat(running.activities()).isZero();

        assertThat(running.take(end(image(7, 1), 0))).isEmpty();
        assertThat(running.endsWithoutBegin()).isZero();
        assertThat(running.images()).isZero();
    }

    @Test
    void script_goesOnInWhatItsInterpreterBecomes() {
        assertThat(running.take(script(image(7, 1)))).isEmpty();
        assertThat(running.take(nothing(image(7, 2)))).isEmpty();
        assertThat(running.activities()).isOne();

        assertThat(running.take(end(image(7, 2), 256)).flatMap(Outcome::proceeding))
                .hasValueSatisfying(activity -> {
                    assertThat(activity.target()).isEqualTo(Classroom.HW1.resolve("count.awk"));
                    assertThat(activity.end().status().exitCode()).isOne();
                });
        assertThat(running.activities()).isZero();
    }

    @Test
    void scriptWhoseInterpreterBecomesATool_isTheToolsRun() {
        running.take(script(image(7, 1)));

        assertThat(running.take(begin(image(7, 2)))).contains(Outcome.stop(Reason.REPLACED));
        assertThat(running.take(end(image(7, 2), 0)).flatMap(Outcome::proceeding))
                .hasValueSatisfying(activity -> assertThat(activity.target()).isEqualTo(Classroom.HW1.resolve("main")));
    }

    @Test
    void scriptOfAnotherProcessWithItsPid_hasEndedUnseen() {
        running.take(script(image(7, 1)));

        assertThat(running.take(nothing(new ImageKey(7, 1, 2)))).contains(Outcome.stop(Reason.END_UNSEEN));
    }

    @Test
    void activityThatRuns_computesInItsOwnProcess_orInThatOfWhatItHasBuilt() {
        var go = new ProcessType.Known(KnownTools.named("go"));
        running.take(begin(image(6, 1)));
        running.take(begin(image(7, 1), new Command.Run(Classroom.HW1.resolve("main.go"), false), go));
        running.take(below(image(7, 1), image(8, 1), "/tmp/go-build123/b001/exe/main"));

        assertThat(running.running())
                .extracting(activity -> activity.started().origin().exec().image(), RunningActivity::computing)
                .containsExactlyInAnyOrder(tuple(image(6, 1), image(6, 1)), tuple(image(7, 1), image(8, 1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/tmp/go-build123/b001/exe/main",
                "/home/coder/.cache/go-build/3f/3f9c0d1e2b4a5968778695a4b3c2d1e0f0e1d2c3b4a5968778695a4b3c2d1e0f-d/main"
            })
    void runOfAToolThatBuildsAProgramAndRunsIt_endsAsThatEnds(String program) {
        var go = new ProcessType.Known(KnownTools.named("go"));
        running.take(begin(image(7, 1), new Command.Run(Classroom.HW1.resolve("main.go"), false), go));
        running.take(below(image(7, 1), image(8, 1), program));
        running.take(end(image(8, 1), 139));

        assertThat(running.take(end(image(7, 1), 0x100)).flatMap(Outcome::proceeding))
                .hasValueSatisfying(run -> {
                    assertThat(run.target().fileName()).isEqualTo("main.go");
                    assertThat(run.end().status().exitCode()).isEqualTo(139);
                    assertThat(run.end().status().coreDumped()).isTrue();
                });
    }

    @Test
    void whatElseSuchAToolStarts_changesNothing() {
        var go = new ProcessType.Known(KnownTools.named("go"));
        running.take(begin(image(7, 1), new Command.Run(Classroom.HW1.resolve("main.go"), false), go));
        running.take(below(image(7, 1), image(8, 1), "/usr/lib/go-1.19/pkg/tool/linux_amd64/compile"));
        running.take(end(image(8, 1), 139));

        assertThat(running.take(end(image(7, 1), 0x100)).flatMap(Outcome::proceeding))
                .hasValueSatisfying(
                        run -> assertThat(run.end().status().exitCode()).isOne());
    }

    private static Step<Started> child(ImageKey parent, ImageKey image, Command.Run run) {
        Step.Begin<Started> alone = (Step.Begin<Started>) begin(image, run);
        return new Step.Begin<>(
                ExecVariant.of(alone.exec()).parent(Optional.of(parent)).exec(), alone.understood());
    }

    private static Step<Started> below(ImageKey parent, ImageKey image, String executable) {
        ExecRecord exec = exec(Classroom.HOSTNAME, image, executable, executable);
        return new Step.Begin<>(
                ExecVariant.of(exec).parent(Optional.of(parent)).exec(), Outcome.stop(Reason.NOT_AN_ACTIVITY));
    }

    private static Step<Started> begin(ImageKey image) {
        return begin(image, new Command.Run(Classroom.HW1.resolve("main"), false));
    }

    private static Step<Started> begin(ImageKey image, Command.Action command) {
        return begin(image, command, new ProcessType.UserBinary());
    }

    private static Step<Started> script(ImageKey image) {
        ContainerPath script = Classroom.HW1.resolve("count.awk");
        return begin(image, new Command.Run(script, false), new ProcessType.Script(script));
    }

    private static Step<Started> begin(ImageKey image, Command.Action command, ProcessType type) {
        Attributed origin = new Attributed(
                exec(Classroom.HOSTNAME, image, "/home/coder/project/hw1/main", "./main"),
                new Student("os", "1", "202012180"),
                type,
                Optional.empty(),
                Classroom.NODE);
        return new Step.Begin<>(origin.exec(), Outcome.proceed(new Started(origin, command, "hw1")));
    }

    private static Step<Started> nothing(ImageKey image) {
        return new Step.Begin<>(
                exec(Classroom.HOSTNAME, image, "/usr/bin/ls", "ls"), Outcome.stop(Reason.NOT_AN_ACTIVITY));
    }

    private static Step<Started> end(ImageKey image, int status) {
        return new Step.End<>(exit(image, status));
    }
}
