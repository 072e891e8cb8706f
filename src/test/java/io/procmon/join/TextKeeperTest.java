package io.procmon.join;

import static io.procmon.Classroom.exec;
import static io.procmon.Classroom.exit;
import static io.procmon.Classroom.image;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.KnownTools;
import io.procmon.events.Attributed;
import io.procmon.events.CrashDump;
import io.procmon.events.ErrorOutput;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TextKeeperTest {

    private static final ContainerPath MAIN = Classroom.HW1.resolve("main.c");
    private static final Command.Action COMPILE =
            new Command.Compile(List.of(new Source(MAIN, "c")), List.of(), List.of(), CompilerSettings.NONE);
    private static final ProcessType GCC = new ProcessType.Known(KnownTools.named("gcc"));
    private static final ProcessType BASH = new ProcessType.Known(KnownTools.named("bash"));
    private static final ImageKey DRIVER = image(7, 1);

    private final List<ImageKey> open = new ArrayList<>();
    private final TextKeeper keeper = new TextKeeper(_ -> true, new TextKeeper.Gate() {
        @Override
        public void permit(ImageKey image) {
            open.add(image);
        }

        @Override
        public void release(ImageKey image) {
            open.remove(image);
        }
    });

    @Test
    void program_keepsItsText() {
        keeper.take(begin(image(7, 1), "/home/coder/project/hw1/main", run("main"), new ProcessType.UserBinary()));
        assertThat(open).containsExactly(image(7, 1));

        assertThat(end(image(7, 1), 1, "Assertion failed")).isEqualTo("Assertion failed");
        assertThat(open).isEmpty();
    }

    @Test
    void partsOfACompiler_writeTheTextOfTheBuild() {
        keeper.take(begin(DRIVER, "/usr/bin/gcc", COMPILE, GCC));
        keeper.take(part(DRIVER, image(8, 2), "/usr/lib/gcc/cc1"));
        keeper.take(part(DRIVER, image(9, 2), "/usr/lib/gcc/collect2"));
        keeper.take(part(image(9, 2), image(10, 3), "/usr/bin/ld"));
        assertThat(open).hasSize(4);

        assertThat(end(image(8, 2), 1, "cc1 ")).isNull();
        assertThat(end(image(10, 3), 2, "ld ")).isNull();
        assertThat(end(image(9, 2), 3, "collect2 ")).isNull();
        assertThat(end(DRIVER, 4, "gcc")).isEqualTo("cc1 ld collect2 gcc");
        assertThat(open).isEmpty();
    }

    @Test
    void driverThatWroteNothing_hasTheTextOfItsParts() {
        keeper.take(begin(DRIVER, "/usr/bin/gcc", COMPILE, GCC));
        keeper.take(part(DRIVER, image(8, 2), "/usr/lib/gcc/cc1"));
        end(image(8, 2), 1, "error");

        assertThat(text(keeper.take(new Step.End<>(exit(DRIVER, 0x100))))).isEqualTo("error");
    }

    @Test
    void shell_neverKeepsItsText_alsoForAScriptOfTheHomework() {
        keeper.take(begin(image(7, 1), "/bin/bash", run("test.sh"), BASH));

        assertThat(open).isEmpty();
        assertThat(end(image(7, 1), 1, "$ typed")).isNull();
    }

    @Test
    void shellInABuild_neverKeepsItsText() {
        keeper.take(begin(DRIVER, "/usr/bin/gcc", COMPILE, GCC));
        keeper.take(part(DRIVER, image(8, 2), "/bin/sh"));

        assertThat(open).containsExactly(DRIVER);
        assertThat(end(image(8, 2), 1, "$ typed")).isNull();
        assertThat(end(DRIVER, 2, "gcc")).isEqualTo("gcc");
    }

    @Test
    void ownProgramThatIsCalledLikeAShell_keepsItsText() {
        keeper.take(begin(image(7, 1), "/home/coder/project/hw1/sh", run("sh"), new ProcessType.UserBinary()));

        assertThat(end(image(7, 1), 1, "usage: sh")).isEqualTo("usage: sh");
    }

    @Test
    void whatAProgramStarts_isNoPartOfItsText() {
        keeper.take(begin(DRIVER, "/home/coder/project/hw1/main", run("main"), new ProcessType.UserBinary()));
        keeper.take(part(DRIVER, image(8, 2), "/usr/bin/ls"));

        assertThat(end(image(8, 2), 1, "ls: no such file")).isNull();
        assertThat(end(DRIVER, 2, "main")).isEqualTo("main");
    }

    @Test
    void whatIsNoActivity_losesItsText() {
        keeper.take(part(image(1, 1), image(8, 2), "/usr/bin/ls"));

        assertThat(open).isEmpty();
        assertThat(end(image(8, 2), 1, "ls: no such file")).isNull();
    }

    @Test
    void imageThatReplacesAnother_isReleasedFirst() {
        keeper.take(begin(image(7, 1), "/usr/bin/gcc", COMPILE, GCC));
        keeper.take(part(image(1, 1), image(7, 2), "/usr/bin/ls"));

        assertThat(open).isEmpty();
    }

    @Test
    void courseThatForbidsIt_keepsNothing() {
        List<ImageKey> permitted = new ArrayList<>();
        TextKeeper strict = new TextKeeper(_ -> false, new TextKeeper.Gate() {
            @Override
            public void permit(ImageKey image) {
                permitted.add(image);
            }

            @Override
            public void release(ImageKey image) {}
        });
        strict.take(begin(DRIVER, "/usr/bin/gcc", COMPILE, GCC));
        strict.take(part(DRIVER, image(8, 2), "/usr/lib/gcc/cc1"));

        assertThat(permitted).isEmpty();
        assertThat(text(strict.take(ended(DRIVER, 1, "error")))).isNull();
    }

    @Test
    void crashOfAProgram_staysWithItsEnd() {
        keeper.take(begin(DRIVER, "/home/coder/project/hw1/main", run("main"), new ProcessType.UserBinary()));

        assertThat(crash(keeper.take(crashed(DRIVER)))).isPresent();
    }

    @Test
    void crashOfAShell_isDropped() {
        keeper.take(begin(DRIVER, "/bin/bash", run("test.sh"), BASH));

        assertThat(crash(keeper.take(crashed(DRIVER)))).isEmpty();
        assertThat(crash(keeper.take(crashed(image(9, 1))))).isEmpty();
    }

    private static Step<Started> crashed(ImageKey image) {
        return new Step.End<>(exit(image, 11)
                .with(new CrashDump(
                        11, 1, 0, CrashDump.Machine.X86_64, new long[33], new byte[0], List.of(), List.of())));
    }

    private static Optional<CrashDump> crash(Step<Started> step) {
        return step instanceof Step.End<Started>(var exit) ? exit.crash() : Optional.empty();
    }

    private String end(ImageKey image, long firstWrite, String text) {
        return text(keeper.take(ended(image, firstWrite, text)));
    }

    private static Step<Started> ended(ImageKey image, long firstWrite, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        ErrorOutput output = new ErrorOutput(firstWrite, bytes.length, 1, 0, false, bytes, new byte[0]);
        return new Step.End<>(exit(image, 0x100).with(Optional.of(output)));
    }

    private static String text(Step<Started> step) {
        return step instanceof Step.End<Started>(var exit)
                ? exit.errorOutput()
                        .map(output -> new String(output.head(), UTF_8))
                        .orElse(null)
                : null;
    }

    private static Command.Run run(String name) {
        return new Command.Run(Classroom.HW1.resolve(name), false);
    }

    private static Step<Started> begin(ImageKey image, String executable, Command.Action command, ProcessType type) {
        Attributed origin = new Attributed(
                exec(Classroom.HOSTNAME, image, executable, executable),
                new Student("os", "1", "202012180"),
                type,
                Optional.empty(),
                Classroom.NODE);
        return new Step.Begin<>(origin.exec(), Outcome.proceed(new Started(origin, command, "hw1")));
    }

    private static Step<Started> part(ImageKey parent, ImageKey image, String executable) {
        ExecRecord exec = exec(Classroom.HOSTNAME, image, executable, executable);
        return new Step.Begin<>(
                ExecVariant.of(exec).parent(Optional.of(parent)).exec(), Outcome.stop(Reason.NOT_AN_ACTIVITY));
    }
}
