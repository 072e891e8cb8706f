package io.procmon.join;

import static io.procmon.Classroom.HW1;
import static io.procmon.Classroom.exit;
import static io.procmon.Classroom.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.KnownTools;
import io.procmon.events.Activity;
import io.procmon.events.Attributed;
import io.procmon.events.BuiltBy;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.FileId;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.events.ProgramFile;
import io.procmon.events.Provenance;
import io.procmon.events.Started;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import io.procmon.process.Tool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The parts of a build: a shell (4), the driver that it starts (5), and the linker that the driver starts (6). */
class RunningBuildsTest {

    private static final ImageKey SHELL = image(4, 1);
    private static final ImageKey DRIVER = image(5, 1);
    private static final ImageKey LINKER = image(6, 1);
    private static final long BYTES = 16_384;
    private static final int DEVICE = 1;
    private static final int NETWORK_DEVICE = 2;
    private static final FoundFile PROGRAM = program(Duration.ZERO, DEVICE);

    private final List<ImageKey> lookers = new ArrayList<>();
    private Optional<FoundFile> there = Optional.empty();
    private final RunningImages running = new RunningImages(new ContainerFiles() {
        @Override
        public Optional<FoundFile> find(ImageKey process, ContainerPath path) {
            lookers.add(process);
            return there;
        }

        @Override
        public boolean isOnNetwork(int device) {
            return device == NETWORK_DEVICE;
        }
    });

    @Test
    void linkerHasEnded_programIsSeenThroughTheDriver_alsoIfItIsMovedAtOnce() {
        begin(SHELL, Optional.empty());
        beginBuild();
        begin(LINKER, Optional.of(DRIVER));
        there = Optional.of(PROGRAM);
        running.take(new Step.End<>(exit(LINKER, 0)));
        there = Optional.empty();

        assertThat(lookers).first().isEqualTo(DRIVER);
        Activity build = ended(DRIVER);
        assertThat(runOf("moved")).map(BuiltBy::build).contains(build.eventId());
    }

    @Test
    void build_tellsOtherNodesOfTheProgramThatItWrote() {
        beginBuild();
        there = Optional.of(PROGRAM);

        Activity.Build build = (Activity.Build) ended(DRIVER);

        assertThat(build.program()).contains(new ProgramFile(HW1.resolve("main"), BYTES, PROGRAM.modifiedAt()));
    }

    @Test
    void fileThatABuildLeftAsItWas_isNotItsProgram() {
        beginBuild();
        there = Optional.of(program(Duration.ofSeconds(-1), DEVICE));

        assertThat(((Activity.Build) ended(DRIVER)).program()).isEmpty();
    }

    @Test
    void onANetworkFileSystem_theTimeIsThatOfAnotherClock() {
        beginBuild();
        there = Optional.of(program(Duration.ofSeconds(-1), NETWORK_DEVICE));

        assertThat(((Activity.Build) ended(DRIVER)).program()).isPresent();
    }

    @Test
    void buildThatFailed_wroteNoProgram() {
        beginBuild();
        there = Optional.of(PROGRAM);

        assertThat(running.take(new Step.End<>(exit(DRIVER, 0x100))).flatMap(Outcome::proceeding))
                .hasValueSatisfying(
                        build -> assertThat(((Activity.Build) build).program()).isEmpty());
    }

    @Test
    void run_tellsOtherNodesOfItsProgram() {
        ExecRecord exec = Classroom.exec(8, "/home/coder/project/hw1/main");
        take(
                exec.image(),
                Optional.empty(),
                exec,
                new ProcessType.UserBinary(),
                new Command.Run(HW1.resolve("main"), false));

        assertThat(((Activity.Run) ended(exec.image())).program())
                .contains(new ProgramFile(
                        HW1.resolve("main"), BYTES, exec.call().executable().modifiedAt()));
    }

    @Test
    void driverWithoutParts_isLookedAtThroughItsShell() {
        begin(SHELL, Optional.empty());
        beginBuild();
        ended(DRIVER);

        assertThat(lookers).containsExactly(DRIVER, SHELL);
    }

    @Test
    void endOfSomethingElse_isNoReasonToLook() {
        begin(SHELL, Optional.empty());
        beginBuild();
        begin(LINKER, Optional.of(SHELL));

        running.take(new Step.End<>(exit(LINKER, 0)));

        assertThat(lookers).isEmpty();
    }

    @Test
    void partOfABuild_hasWrittenForIt_whereItDidNotNameItsOutput() {
        beginBuild(List.of());
        beginPart(LINKER, DRIVER);
        there = Optional.of(PROGRAM);
        running.take(new Step.End<>(exit(LINKER, 0)));
        Activity build = ended(DRIVER);

        assertThat(runOf("main")).hasValueSatisfying(builtBy -> {
            assertThat(builtBy.build()).isEqualTo(build.eventId());
            assertThat(builtBy.sources()).containsExactly(HW1.resolve("main.c"));
        });
    }

    @Test
    void partOfABuild_thatFailed_hasWrittenNothing() {
        beginBuild(List.of());
        beginPart(LINKER, DRIVER);
        there = Optional.of(PROGRAM);
        running.take(new Step.End<>(exit(LINKER, 0x100)));
        ended(DRIVER);

        assertThat(runOf("main")).isEmpty();
    }

    @Test
    void buildThatIsNotReported_isKnownToHaveWrittenItsProgram() {
        ExecRecord exec = Classroom.exec(DRIVER.tgid(), "/usr/bin/gcc", "gcc", "-o", "main", "/tmp/main.c");
        var command = new Command.Compile(
                List.of(new Source(ContainerPath.of("/tmp/main.c"), "c")),
                List.of(),
                List.of(HW1.resolve("main")),
                CompilerSettings.NONE);
        var unreported = new Started(origin(exec, new ProcessType.Known(KnownTools.named("gcc"))), command, "");
        running.take(new Step.Begin<>(
                as(DRIVER, Optional.empty(), exec), Outcome.stop(Reason.OUTSIDE_HOMEWORK), Optional.of(unreported)));
        there = Optional.of(PROGRAM);

        assertThat(running.take(new Step.End<>(exit(DRIVER, 0)))).isEmpty();
        assertThat(runOf("main"))
                .hasValueSatisfying(
                        builtBy -> assertThat(builtBy.sources()).containsExactly(ContainerPath.of("/tmp/main.c")));
    }

    @Test
    void nobodyBuiltIt_whileItWasWatched_runSaysSo() {
        begin(SHELL, Optional.empty());

        assertThat(provenanceOf("prebuilt")).contains(new Provenance.NotBuilt());
    }

    @Test
    void nobodyIsKnownToHaveBuiltIt_beforeAnythingWasSeen_runLeavesItOpen() {
        ExecRecord late = Classroom.exec(8, "/home/coder/project/hw1/prebuilt");
        ContainerPath path = late.call().executable().path();
        Instant before = late.at().utc().minusSeconds(1);
        ExecRecord exec = ExecVariant.of(late)
                .executable(new Executable(path, 1, 7, before, BYTES, false, false))
                .exec();

        take(exec.image(), Optional.empty(), exec, new ProcessType.UserBinary(), new Command.Run(path, false));

        assertThat(((Activity.Run) ended(exec.image())).provenance())
                .contains(new Provenance.Unknown(Provenance.Gap.BEFORE_START));
    }

    @Test
    void programOfAWrapper_isLookedAt() {
        beginBuild();
        there = Optional.of(PROGRAM);
        Activity build = ended(DRIVER);

        assertThat(throughValgrind())
                .hasValueSatisfying(provenance ->
                        assertThat(provenance.builtBy()).map(BuiltBy::build).contains(build.eventId()));
        there = Optional.empty();
        assertThat(throughValgrind()).contains(new Provenance.Unknown(Provenance.Gap.UNREADABLE));
    }

    private Optional<Provenance> throughValgrind() {
        ExecRecord exec = Classroom.exec(8, "/usr/bin/valgrind", "valgrind", "./main");
        var type = new ProcessType.Wrapped("valgrind", new ProcessType.UserBinary(), List.of("./main"));
        take(exec.image(), Optional.empty(), exec, type, new Command.Run(HW1.resolve("main"), false));
        return ((Activity.Run) ended(exec.image())).provenance();
    }

    private void begin(ImageKey image, Optional<ImageKey> parent) {
        ExecRecord exec = as(image, parent, Classroom.exec(image.tgid(), "/usr/bin/other", "other"));
        running.take(new Step.Begin<>(exec, Outcome.stop(Reason.NOT_AN_ACTIVITY)));
    }

    /** The linker begins that the driver has called. */
    private void beginPart(ImageKey image, ImageKey parent) {
        ExecRecord exec = as(
                image,
                Optional.of(parent),
                Classroom.exec(parent.tgid(), "/usr/bin/gcc", "cc", "-o", "main", "main.o"));
        var command = new Command.Compile(
                List.of(), List.of(HW1.resolve("main.o")), List.of(HW1.resolve("main")), CompilerSettings.NONE);
        var part = new Started(origin(exec, new ProcessType.Known(KnownTools.named("gcc"))), command, "hw1");
        running.take(new Step.Begin<>(exec, Outcome.stop(Reason.PART_OF_BUILD), Optional.of(part)));
    }

    private void beginBuild() {
        beginBuild(List.of(HW1.resolve("main")));
    }

    private static FoundFile program(Duration later, int device) {
        Instant begin = Classroom.exec(DRIVER.tgid(), "/usr/bin/gcc").at().utc();
        return new FoundFile(new FileId(7, begin.plus(later)), BYTES, device);
    }

    private void beginBuild(List<ContainerPath> outputs) {
        ExecRecord exec = Classroom.exec(DRIVER.tgid(), "/usr/bin/gcc", "gcc", "-o", "main", "main.c");
        var command = new Command.Compile(
                List.of(new Source(HW1.resolve("main.c"), "c")), List.of(), outputs, CompilerSettings.NONE);
        Tool gcc = KnownTools.named("gcc");
        take(DRIVER, Optional.of(SHELL), exec, new ProcessType.Known(gcc), command);
    }

    /** Runs the program under another name. */
    private Optional<BuiltBy> runOf(String name) {
        return provenanceOf(name).flatMap(Provenance::builtBy);
    }

    private Optional<Provenance> provenanceOf(String name) {
        ExecRecord sample = Classroom.exec(8, "/home/coder/project/hw1/" + name, "./" + name);
        ContainerPath path = sample.call().executable().path();
        ExecRecord exec = ExecVariant.of(sample)
                .executable(new Executable(path, 1, PROGRAM.id().inode(), PROGRAM.modifiedAt(), BYTES, false, false))
                .exec();
        take(exec.image(), Optional.empty(), exec, new ProcessType.UserBinary(), new Command.Run(path, false));
        return ((Activity.Run) ended(exec.image())).provenance();
    }

    private void take(
            ImageKey image, Optional<ImageKey> parent, ExecRecord exec, ProcessType type, Command.Action command) {
        ExecRecord own = as(image, parent, exec);
        var started = new Started(origin(own, type), command, "hw1");
        running.take(new Step.Begin<>(own, Outcome.proceed(started)));
    }

    private static Attributed origin(ExecRecord exec, ProcessType type) {
        return new Attributed(exec, new Student("os", "1", "202012180"), type, Optional.empty(), Classroom.NODE);
    }

    private static ExecRecord as(ImageKey image, Optional<ImageKey> parent, ExecRecord exec) {
        return ExecVariant.of(exec).image(image).parent(parent).exec();
    }

    private Activity ended(ImageKey image) {
        return running.take(new Step.End<>(exit(image, 0)))
                .flatMap(Outcome::proceeding)
                .orElseThrow();
    }
}
