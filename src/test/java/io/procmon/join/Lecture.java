package io.procmon.join;

import static java.util.stream.Collectors.joining;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.events.Argv;
import io.procmon.events.Attributed;
import io.procmon.events.BuiltBy;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ExitRecord;
import io.procmon.events.FileId;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.events.Moment;
import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings;
import io.procmon.parser.CompilerSettings.Step;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import io.procmon.process.WaitStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The builds and runs of one student in an hour, written as short texts. {@link BuildsTest} describes the notation. */
final class Lecture {

    /** The size of each file. */
    private static final long BYTES = 7_000;

    private static final Instant BEGIN = Instant.parse("2026-03-02T08:00:00Z");
    private static final String STUDENT = "202012180";
    private static final Pattern BUILD =
            Pattern.compile("(build|failed) (\\d+) (\\d+) (\\S+) =(\\S+)(?: @(\\d+):(\\d+))?");
    private static final Pattern PROGRAM = Pattern.compile("(\\S+) @(\\d+):(\\d+)(?::(\\d+))?");

    private final Builds builds;
    private final Map<UUID, Integer> numbers = new HashMap<>();

    Lecture(Builds builds) {
        this.builds = builds;
    }

    /** A build begins and ends. */
    void build(String text) {
        buildFor(STUDENT, text);
    }

    void buildFor(String student, String text) {
        Matcher words = matched(BUILD, text);
        Command.Compile command = compile(
                files(words.group(5))
                        .filter(file -> !file.endsWith(".o") && !file.startsWith("-l"))
                        .map(Classroom.HW1::resolve)
                        .toList(),
                files(words.group(5))
                        .filter(file -> file.endsWith(".o"))
                        .map(Classroom.HW1::resolve)
                        .toList(),
                List.of(Classroom.HW1.resolve(words.group(4))),
                words.group(4).endsWith(".o") ? Step.ASSEMBLE : Step.LINK,
                files(words.group(5))
                        .filter(file -> file.startsWith("-l"))
                        .map(library -> library.substring(2))
                        .toList());
        ExecRecord exec = exec(numbers.size() + 1, number(words, 2), executable("/usr/bin/gcc", 1, 0));
        ExitRecord sample = Classroom.exit(exec.image(), 0);
        ExitRecord exit = new ExitRecord(
                exec.image(),
                at(number(words, 3)),
                new WaitStatus(words.group(1).equals("failed") ? 0x100 : 0),
                sample.usage());
        Started build = started(student, exec, command);
        numbers.put(build.eventId(), numbers.size() + 1);
        builds.ended(
                List.of(new RunningBuild(build, command)),
                exit,
                words.group(6) == null ? Optional.empty() : Optional.of(file(number(words, 6), number(words, 7))));
    }

    /** A part of a build begins and ends, below the build that the student called. */
    void part(Command.Compile part, Command.Compile whole, long from, long to) {
        ExecRecord exec = exec(numbers.size() + 1, from, executable("/usr/bin/gcc", 1, 0));
        Started build = started(STUDENT, exec, whole);
        numbers.putIfAbsent(build.eventId(), numbers.size() + 1);
        builds.ended(
                List.of(new RunningBuild(started(STUDENT, exec, part), part), new RunningBuild(build, whole)),
                end(exec, to, true),
                Optional.empty());
    }

    /** A program of the system begins. */
    ExecRecord call(long millis, List<String> argv) {
        return ExecVariant.of(exec(5_000, millis, executable("/usr/bin/" + argv.getFirst(), 1, 0)))
                .argv(new Argv(argv, false, 1))
                .exec();
    }

    /** A program ends. */
    ExitRecord end(ExecRecord exec, long millis, boolean success) {
        return new ExitRecord(
                exec.image(),
                at(millis),
                new WaitStatus(success ? 0 : 0x100),
                Classroom.exit(exec.image(), 0).usage());
    }

    /** A file at a path. */
    FoundFile file(long inode, long millis) {
        return new FoundFile(new FileId(inode, BEGIN.plusMillis(millis)), BYTES, 1);
    }

    /** The number of the build that wrote the program of a run, with its sources; or "none". */
    String originOf(String program) {
        return originFor(STUDENT, program);
    }

    String originFor(String student, String program) {
        return run(student, program, 100_000).map(this::text).orElse("none");
    }

    Optional<BuiltBy> run(String program, long millis) {
        return run(STUDENT, program, millis);
    }

    static Command.Compile compile(
            List<ContainerPath> sources, List<ContainerPath> inputs, List<ContainerPath> outputs) {
        return new Command.Compile(
                sources.stream().map(path -> new Source(path, "c")).toList(), inputs, outputs, CompilerSettings.NONE);
    }

    /** A build that searches the homework directory and its {@code lib} for libraries. */
    private static Command.Compile compile(
            List<ContainerPath> sources,
            List<ContainerPath> inputs,
            List<ContainerPath> outputs,
            Step step,
            List<String> libraries) {
        return new Command.Compile(
                sources.stream().map(path -> new Source(path, "c")).toList(),
                inputs,
                outputs,
                new CompilerSettings(
                        Optional.of(step),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        libraries,
                        List.of(Classroom.HW1, Classroom.HW1.resolve("lib")),
                        List.of()));
    }

    private Optional<BuiltBy> run(String student, String program, long millis) {
        return builds.of(program(student, program, millis));
    }

    /** The reason why a build may have written a program without procmon seeing it; or none. */
    String gapOf(String program) {
        return builds.gap(program(STUDENT, program, 100_000)).map(Enum::name).orElse("none");
    }

    private static Started program(String student, String program, long millis) {
        Matcher words = matched(PROGRAM, program);
        ContainerPath path = Classroom.HW1.resolve(words.group(1));
        long bytes = words.group(4) == null ? BYTES : number(words, 4);
        ExecRecord exec = exec(9_999, millis, executable(path.value(), number(words, 2), number(words, 3), bytes));
        return started(student, exec, new Command.Run(path, false));
    }

    private String text(BuiltBy builtBy) {
        return builtBy.sources().stream()
                .map(ContainerPath::value)
                .map(path -> path.substring(Classroom.HW1.value().length() + 1))
                .collect(joining(",", numbers.get(builtBy.build()) + " ", ""));
    }

    private static Started started(String student, ExecRecord exec, Command.Action command) {
        var origin = new Attributed(
                exec, new Student("os", "1", student), new ProcessType.UserBinary(), Optional.empty(), Classroom.NODE);
        return new Started(origin, command, "hw1");
    }

    private static ExecRecord exec(int tgid, long millis, Executable executable) {
        return ExecVariant.of(Classroom.exec(tgid, executable.path().value()))
                .image(new ImageKey(tgid, millis * 1_000_000, 1))
                .at(at(millis))
                .executable(executable)
                .exec();
    }

    private static Executable executable(String path, long inode, long millis) {
        return executable(path, inode, millis, BYTES);
    }

    private static Executable executable(String path, long inode, long millis, long bytes) {
        return new Executable(ContainerPath.of(path), 1, inode, BEGIN.plusMillis(millis), bytes, false, false);
    }

    private static Moment at(long millis) {
        return new Moment(millis * 1_000_000, BEGIN.plusMillis(millis));
    }

    private static Stream<String> files(String list) {
        return Arrays.stream(list.split(",", -1));
    }

    private static long number(Matcher words, int group) {
        return Long.parseLong(words.group(group));
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher words = pattern.matcher(text);
        if (!words.matches()) {
            throw new IllegalArgumentException("'%s' is not written as %s".formatted(text, pattern));
        }
        return words;
    }
}
