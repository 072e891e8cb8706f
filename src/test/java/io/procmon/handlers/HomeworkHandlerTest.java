package io.procmon.handlers;

import static io.procmon.Classroom.HW1;
import static io.procmon.Classroom.exec;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.KnownTools;
import io.procmon.events.Attributed;
import io.procmon.events.Started;
import io.procmon.homework.HomeworkLocator;
import io.procmon.parser.Command;
import io.procmon.parser.CommandParser;
import io.procmon.parser.CompilerSettings;
import io.procmon.parser.Invocation;
import io.procmon.parser.Parsers;
import io.procmon.parser.ProcessFiles;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import io.procmon.process.Tool;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HomeworkHandlerTest {

    private static final Tool CC = KnownTools.fictitious("cc", Tool.Kind.COMPILER, "scripted");
    private static final ContainerPath PROJECT = ContainerPath.of("/home/coder/project");
    private static final HomeworkLocator LOCATOR = new HomeworkLocator(
            List.of("/home/coder/project"), Pattern.compile("hw[0-9]"), Pattern.compile("CMakeFiles"));

    @Test
    void build_belongsToTheHomeworkOfItsSources() {
        assertThat(understood(compile(sources("/home/coder/project/hw2/a.c")))).isEqualTo("hw2");
    }

    @Test
    void sourceOutsideBesideSourceInside_countsForTheHomework() {
        assertThat(understood(compile(sources("/usr/share/lib.c", "/home/coder/project/hw3/a.c"))))
                .isEqualTo("hw3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        hw2 | hw2/main.c hw1/list.c       | hw2/main | hw2
        hw1 | hw2/main.c hw1/list.c       | hw2/main | hw1
        hw2 | hw1/a.c hw3/b.c             | hw2/main | hw2
        .   | hw2/main.c hw1/list.c       | hw2/main | hw2
        .   | hw2/main.c hw1/list.c       | hw1/main | hw1
        .   | hw2/main.c hw1/list.c       | ../main  | ambiguous_homework
        .   | hw2/main.c hw1/list.c       |          | ambiguous_homework
        hw2/src | hw2/src/a.c hw1/list.c  | hw3/main | hw2
        hw2 | hw1/a.c hw1/b.c             | hw2/main | hw1
        hw1 | hw1/a.c hw1/hw2/b.c         | hw1/main | ambiguous_homework
        """)
    void sourcesOfTwoHomeworks_areOfTheWorkingDirectorysHomework_orTheOutputs(
            String cwd, String sources, String output, String expected) {
        Command compile = new Command.Compile(
                c(Stream.of(sources.split(" ", -1)).map(PROJECT::resolve).toList()),
                List.of(),
                Optional.ofNullable(output).map(PROJECT::resolve).stream().toList(),
                CompilerSettings.NONE);
        Attributed origin = in(PROJECT.resolve(cwd));

        assertThat(understood(handler(compile).apply(origin))).isEqualTo(expected);
    }

    @Test
    void filesOfABuild_areThoseThatItsPathsLeadTo() {
        ProcessFiles linked = new LinkedFiles("/home/coder/work", "/home/coder/project");
        Command compile = new Command.Compile(
                c(sources("/home/coder/work/hw1/main.c")),
                sources("/home/coder/work/hw1/list.o"),
                sources("/home/coder/work/hw1/main"),
                CompilerSettings.NONE);

        assertThat(handler(compile, linked).apply(origin()).proceeding()).hasValueSatisfying(started -> {
            assertThat(started.homework()).isEqualTo("hw1");
            assertThat(started.command())
                    .isEqualTo(new Command.Compile(
                            c(sources("/home/coder/project/hw1/main.c")),
                            sources("/home/coder/project/hw1/list.o"),
                            sources("/home/coder/project/hw1/main"),
                            CompilerSettings.NONE));
        });
    }

    @Test
    void scriptOfADescriptor_isTheFileThatIsOpen() {
        ProcessFiles linked = new LinkedFiles("/dev/fd/3", "/home/coder/project/hw2/run.py");

        assertThat(handler(new Command.Run(ContainerPath.of("/dev/fd/3"), false), linked)
                        .apply(origin())
                        .proceeding())
                .hasValueSatisfying(started -> {
                    assertThat(started.homework()).isEqualTo("hw2");
                    assertThat(started.command().target())
                            .isEqualTo(ContainerPath.of("/home/coder/project/hw2/run.py"));
                });
    }

    @Test
    void linkInAHomework_thatLeadsOutOfIt_isOfTheHomework() {
        ProcessFiles linked = new LinkedFiles("/home/coder/project/hw2/skeleton.py", "/srv/course/skeleton.py");
        Command run = new Command.Run(ContainerPath.of("/home/coder/project/hw2/skeleton.py"), false);

        assertThat(understood(handler(run, linked).apply(origin()))).isEqualTo("hw2");
    }

    @Test
    void runOfWhatAnIgnoredBuildWrote_isIgnored_untilTheStudentBuildsIt() {
        CommandParser scripted = new Scripted(
                compile("/home/coder/project/hw1/CMakeFiles/t.c", "/home/coder/project/hw1/prog"),
                compile("/home/coder/project/hw1/main.c", "/home/coder/project/hw1/prog"));
        HomeworkHandler handler = new HomeworkHandler(
                new Parsers(List.of(scripted), List.of(CC)), LOCATOR, new WrittenFiles(), _ -> ProcessFiles.UNKNOWN);
        Attributed prog = new Attributed(
                exec(1, "/home/coder/project/hw1/prog", "./prog"),
                new Student("os", "1", "202012180"),
                new ProcessType.UserBinary(),
                Optional.empty(),
                Classroom.NODE);

        assertThat(understood(handler.apply(origin()))).isEqualTo("ignored_path");
        assertThat(understood(handler.apply(prog))).isEqualTo("ignored_path");
        assertThat(understood(handler.apply(origin()))).isEqualTo("hw1");
        assertThat(understood(handler.apply(prog))).isEqualTo("hw1");
    }

    private static Command compile(String source, String output) {
        return new Command.Compile(c(sources(source)), List.of(), sources(output), CompilerSettings.NONE);
    }

    /** Returns the given commands, one after the other. */
    private static final class Scripted implements CommandParser {

        private final Iterator<Command> commands;

        Scripted(Command... commands) {
            this.commands = List.of(commands).iterator();
        }

        @Override
        public String name() {
            return "scripted";
        }

        @Override
        public Command parse(Invocation invocation) {
            return commands.next();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hw1/libtool, hw1/config.status, ignored_path",
        "hw1/build-aux/test-driver, hw1/configure, ignored_path",
        "hw1/build-aux/missing, hw1/build-aux/install-sh, ignored_path",
        "hw1/config.rpath, hw1/configure.ac, ignored_path",
        "hw1/ylwrap, hw1/Makefile.am, ignored_path",
        "hw1/compile, hw1/main.c, hw1",
        "hw1/missing, hw1/notes, hw1",
        "hw1/configure, hw1/configure.ac, hw1",
        "hw1/run.sh, hw1/configure, hw1"
    })
    void scriptsOfAutotools_areNotTheStudents(String script, String beside, String expected) {
        ProcessFiles there = new ProcessFiles() {
            @Override
            public boolean isFile(ContainerPath path) {
                return path.equals(PROJECT.resolve(beside));
            }

            @Override
            public boolean isDirectory(ContainerPath path) {
                return false;
            }

            @Override
            public Optional<String> read(ContainerPath path) {
                return Optional.empty();
            }
        };

        assertThat(understood(handler(new Command.Run(PROJECT.resolve(script), false), there)
                        .apply(origin())))
                .isEqualTo(expected);
    }

    /** A container with one symbolic link. */
    private record LinkedFiles(String link, String target) implements ProcessFiles {

        @Override
        public ContainerPath resolve(ContainerPath path) {
            return path.isWithin(ContainerPath.of(link))
                    ? ContainerPath.of(target + path.value().substring(link.length()))
                    : path;
        }

        @Override
        public ContainerPath resolveEntry(ContainerPath path) {
            return resolve(path.parent()).resolve(path.fileName());
        }

        @Override
        public boolean isFile(ContainerPath path) {
            return false;
        }

        @Override
        public boolean isDirectory(ContainerPath path) {
            return false;
        }

        @Override
        public Optional<String> read(ContainerPath path) {
            return Optional.empty();
        }
    }

    @Test
    void buildOutsideOfAnyHomework_isKeptForItsLineage() {
        Command compile = compile(sources("/tmp/a.c"));

        assertThat(handler(compile).decide(origin()).unreported())
                .hasValueSatisfying(started -> assertThat(started.command()).isEqualTo(compile));
        assertThat(handler(compile(sources("/home/coder/project/hw2/a.c")))
                        .decide(origin())
                        .unreported())
                .isEmpty();
    }

    @Test
    void sourcesOutside_areNoHomework() {
        assertThat(understood(compile(sources("/tmp/a.c")))).isEqualTo("outside_homework");
    }

    @Test
    void linkOnly_belongsToTheHomeworkOfItsObjects() {
        Command link = new Command.Compile(
                List.of(), sources("/usr/lib/crt1.o", "/home/coder/project/hw4/a.o"), List.of(), CompilerSettings.NONE);

        assertThat(understood(link)).isEqualTo("hw4");
    }

    @Test
    void output_decidesNothing() {
        Command compile = new Command.Compile(
                c(sources("/tmp/a.c")), List.of(), sources("/home/coder/project/hw1/a"), CompilerSettings.NONE);

        assertThat(understood(compile)).isEqualTo("outside_homework");
    }

    @Test
    void sourceThatIsATools_isIgnored() {
        assertThat(understood(compile(sources("/home/coder/project/hw1/CMakeFiles/probe.c"))))
                .isEqualTo("ignored_path");
    }

    @Test
    void sourceThatIsAToolsBesideTheStudents_countsForTheHomework() {
        assertThat(understood(
                        compile(sources("/home/coder/project/hw1/CMakeFiles/stub.c", "/home/coder/project/hw1/a.c"))))
                .isEqualTo("hw1");
    }

    @Test
    void linkOfAToolsOwnObjectAndAnother_belongsToTheHomework() {
        Command link = new Command.Compile(
                List.of(),
                sources("/home/coder/project/hw1/CMakeFiles/dep.o", "/home/coder/project/hw1/main.o"),
                sources("/home/coder/project/hw1/main"),
                CompilerSettings.NONE);

        assertThat(understood(link)).isEqualTo("hw1");
    }

    @Test
    void linkOfAToolsOwnObjectsOnly_isTheTools() {
        Command link = new Command.Compile(
                List.of(),
                sources("/home/coder/project/hw1/CMakeFiles/probe.o", "/usr/lib/crt1.o"),
                sources("/home/coder/project/hw1/a.out"),
                CompilerSettings.NONE);

        assertThat(understood(link)).isEqualTo("ignored_path");
    }

    @Test
    void script_belongsToItsDirectory() {
        assertThat(understood(new Command.Run(ContainerPath.of("/home/coder/project/hw1/hw1"), false)))
                .isEqualTo("hw1");
    }

    @Test
    void moduleRun_belongsToTheDirectoryItself() {
        assertThat(understood(new Command.Run(HW1, true))).isEqualTo("hw1");
    }

    @ParameterizedTest
    @EnumSource(Command.Why.class)
    void nothing_isStoppedWithItsReason(Command.Why why) {
        assertThat(understood(new Command.Nothing(why))).isEqualTo(why.name().toLowerCase(Locale.ROOT));
    }

    @Test
    void ownBinary_needsNoParser() {
        Attributed binary = new Attributed(
                exec(1, "/home/coder/project/hw5/main", "./main"),
                new Student("os", "1", "202012180"),
                new ProcessType.UserBinary(),
                Optional.empty(),
                Classroom.NODE);

        assertThat(handler(new Command.Nothing(Command.Why.INTERNAL))
                        .apply(binary)
                        .proceeding())
                .hasValueSatisfying(started -> {
                    assertThat(started.homework()).isEqualTo("hw5");
                    assertThat(started.command().target()).isEqualTo(ContainerPath.of("/home/coder/project/hw5/main"));
                });
    }

    @Test
    void sizeOfABuild_isThatOfItsSourcesTogether_asItBegins() {
        SizedFiles files = new SizedFiles(Map.of("/home/coder/project/hw1/a.c", 700L, "/usr/share/lib.c", 1_300L));

        assertThat(sized(compile(sources("/home/coder/project/hw1/a.c", "/usr/share/lib.c")), files))
                .hasValue(2_000);
        assertThat(files.closed).isTrue();
    }

    @Test
    void sizeOfABuild_isNotKnown_ifOneSourceCannotBeSeen() {
        SizedFiles files = new SizedFiles(Map.of("/home/coder/project/hw1/a.c", 700L));

        assertThat(sized(compile(sources("/home/coder/project/hw1/a.c", "/home/coder/project/hw1/b.c")), files))
                .isEmpty();
    }

    @Test
    void sparseSources_areAsLargeAsANumberCanBe() {
        SizedFiles files = new SizedFiles(
                Map.of("/home/coder/project/hw1/a.c", Long.MAX_VALUE, "/home/coder/project/hw1/b.c", 8L));

        assertThat(sized(compile(sources("/home/coder/project/hw1/a.c", "/home/coder/project/hw1/b.c")), files))
                .hasValue(Long.MAX_VALUE);
    }

    @Test
    void linkOnly_hasNoSources_soTheirSizeIsNothing() {
        Command link = new Command.Compile(
                List.of(), sources("/home/coder/project/hw1/a.o"), List.of(), CompilerSettings.NONE);

        assertThat(sized(link, new SizedFiles(Map.of()))).hasValue(0);
    }

    @Test
    void nobodyLooksAtTheSources_ofWhatIsNoHomework() {
        SizedFiles files = new SizedFiles(Map.of("/tmp/a.c", 700L));

        handler(compile(sources("/tmp/a.c")), files).apply(origin());

        assertThat(files.asked).isZero();
    }

    /** Files of which only the size is known. */
    private static final class SizedFiles implements ProcessFiles {

        private final Map<String, Long> sizes;
        private int asked;
        private boolean closed;

        SizedFiles(Map<String, Long> sizes) {
            this.sizes = sizes;
        }

        @Override
        public boolean isFile(ContainerPath path) {
            return false;
        }

        @Override
        public boolean isDirectory(ContainerPath path) {
            return false;
        }

        @Override
        public Optional<String> read(ContainerPath path) {
            return Optional.empty();
        }

        @Override
        public OptionalLong size(ContainerPath path) {
            assertThat(closed).isFalse();
            asked++;
            Long size = sizes.get(path.value());
            return size == null ? OptionalLong.empty() : OptionalLong.of(size);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private static OptionalLong sized(Command command, ProcessFiles files) {
        return handler(command, files)
                .apply(origin())
                .proceeding()
                .orElseThrow()
                .sourceBytes();
    }

    private static Attributed origin() {
        return in(PROJECT);
    }

    private static Attributed in(ContainerPath cwd) {
        return new Attributed(
                ExecVariant.of(exec(1, "/usr/bin/cc", "cc")).cwd(cwd).exec(),
                new Student("os", "1", "202012180"),
                new ProcessType.Known(CC),
                Optional.empty(),
                Classroom.NODE);
    }

    /** The homework, or the reason why there is none. */
    private static String understood(Command command) {
        return understood(handler(command).apply(origin()));
    }

    private static String understood(Outcome<Started> outcome) {
        return switch (outcome) {
            case Outcome.Continue<Started>(var started) -> started.homework();
            case Outcome.Stop<Started>(var reason) -> reason.label();
            case Outcome.Failed<Started> failed -> throw new AssertionError(failed.cause());
        };
    }

    private static HomeworkHandler handler(Command command) {
        return handler(command, ProcessFiles.UNKNOWN);
    }

    private static HomeworkHandler handler(Command command, ProcessFiles files) {
        CommandParser scripted = new CommandParser() {
            @Override
            public String name() {
                return "scripted";
            }

            @Override
            public Command parse(Invocation invocation) {
                return command;
            }
        };
        return new HomeworkHandler(
                new Parsers(List.of(scripted), List.of(CC)), LOCATOR, new WrittenFiles(), _ -> files);
    }

    private static Command compile(List<ContainerPath> sources) {
        return new Command.Compile(c(sources), List.of(), List.of(), CompilerSettings.NONE);
    }

    private static List<Source> c(List<ContainerPath> paths) {
        return paths.stream().map(path -> new Source(path, "c")).toList();
    }

    private static List<ContainerPath> sources(String... paths) {
        return Stream.of(paths).map(ContainerPath::of).toList();
    }
}
