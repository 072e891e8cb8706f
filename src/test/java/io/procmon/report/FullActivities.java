package io.procmon.report;

import static io.procmon.Classroom.CONTAINER;
import static io.procmon.Classroom.image;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.diagnostics.Crash;
import io.procmon.events.Activity;
import io.procmon.events.Ancestry;
import io.procmon.events.Argv;
import io.procmon.events.Attributed;
import io.procmon.events.BuiltBy;
import io.procmon.events.ContainerContext;
import io.procmon.events.ErrorOutput;
import io.procmon.events.ExecCall;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ExitRecord;
import io.procmon.events.Moment;
import io.procmon.events.Node;
import io.procmon.events.ProcessIds;
import io.procmon.events.Provenance;
import io.procmon.events.Started;
import io.procmon.events.Truncation;
import io.procmon.events.Usage;
import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.ControlGroup;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import io.procmon.process.WaitStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** A build and a run with all fields, so that each member of their JSON is present. */
final class FullActivities {

    private static final Instant BEGIN = Instant.parse("2026-03-12T12:12:12Z");
    private static final UUID BUILD = UUID.fromString("12aa34bc-0012-4012-8012-121234567812");

    private final Student student;

    /** @param id the student's id, which is a part of all paths */
    FullActivities(String id) {
        student = new Student("os", "1", id);
    }

    Activity.Build build() {
        CompilerSettings settings = new CompilerSettings(
                Optional.of(CompilerSettings.Step.LINK),
                Optional.of("c12"),
                List.of("-Wframe-larger-than=12"),
                Optional.of("-O12"),
                List.of("m" + student.id()),
                List.of(),
                List.of("options" + student.id()));
        Command.Compile command = new Command.Compile(
                List.of(new Source(path("main.c"), "c12")), List.of(path("list.o")), List.of(path("main")), settings);
        return new Activity.Build(
                started(command, new ProcessType.UserBinary()).of(OptionalLong.of(12)), command, end());
    }

    Activity.Run run() {
        return run(new Provenance.Built(new BuiltBy(BUILD, Duration.ofMillis(12), List.of(path("main.c")))));
    }

    /** A run of a program for which procmon cannot know whether it was built here. */
    Activity.Run unknownRun() {
        return run(new Provenance.Unknown(Provenance.Gap.LOSS));
    }

    private Activity.Run run(Provenance provenance) {
        Command.Run command = new Command.Run(path("main"), false);
        return new Activity.Run(
                started(command, new ProcessType.UserBinary()), command, end(), Optional.of(provenance));
    }

    Student student() {
        return student;
    }

    private ContainerPath path(String name) {
        return ContainerPath.of("/workspace/os-1-%s/hw1/%s".formatted(student.id(), name));
    }

    private Started started(Command.Action command, ProcessType type) {
        ExecRecord exec = new ExecRecord(
                image(12, 1),
                Optional.empty(),
                new Moment(0, BEGIN),
                true,
                new ProcessIds(12, 12, 12),
                new ContainerContext(
                        "jcode-os-1-" + student.id() + "-x",
                        0,
                        new ControlGroup("/kubepods/pod" + BUILD + "/" + CONTAINER, 12)),
                new ExecCall(
                        new Executable(path("main"), 12, 12, BEGIN, 12, true, true),
                        "./" + student.id(),
                        path("."),
                        new Argv(List.of("./main", student.id() + ".c", "c" + student.id()), true, 12)),
                Set.of(Truncation.values()));
        Attributed origin = new Attributed(
                exec, student, type, Optional.of(CONTAINER), Optional.of("jcode-os-1-99"), new Node("lab-12", "boot"));
        return new Started(origin, command, "hw1")
                .through(new Ancestry(Optional.of(image(11, 1)), List.of("wrapper" + student.id())));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** A crash with all fields, and with none in a frame. */
    static Crash crash() {
        return new Crash(
                11,
                OptionalLong.of(0),
                List.of(
                        new Crash.Frame(
                                Optional.of("push"),
                                OptionalLong.of(12),
                                Optional.of("list.c"),
                                OptionalInt.of(42),
                                Optional.of("main"),
                                OptionalLong.of(0x1149)),
                        new Crash.Frame(
                                Optional.empty(),
                                OptionalLong.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                Optional.empty(),
                                OptionalLong.empty())));
    }

    private ExitRecord end() {
        int segmentationFaultWithCore = 11 | 0x80;
        return new ExitRecord(
                image(12, 1),
                new Moment(12, BEGIN),
                new WaitStatus(segmentationFaultWithCore),
                new Usage(Duration.ofMillis(12), Duration.ofMillis(12), 12, true),
                Optional.of(new ErrorOutput(
                        12,
                        1 << 20,
                        12,
                        12,
                        true,
                        bytes("main.c:12:12: error: expected ';' before 'x12'\n"),
                        bytes("of " + student.id()))),
                Optional.empty());
    }
}
