package io.procmon.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.KnownTools;
import io.procmon.process.ContainerPath;
import io.procmon.process.Tool;
import io.procmon.process.ToolRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Checks command lines from the classroom against the tools' own description files. */
class ToolCommandsTest {

    private static final ContainerPath HW1 = ContainerPath.of("/home/coder/project/hw1");
    private static final ToolRegistry TOOLBOX = KnownTools.tools(Map.of());
    private static final Parsers PARSERS = new Parsers(Classroom.parsers(), TOOLBOX.tools());
    private static final Set<String> FILES = Set.of(
            "main.py",
            "app.py",
            "tests/test_a.py",
            "index.js",
            "main.js",
            "lib/index.js",
            "Main.java",
            "out/Main.class",
            "out/course/Main.class",
            "Main.class",
            "Cargo.toml",
            "src/main.rs",
            "go.mod",
            "pom.xml",
            "sub/pom.xml",
            "build.gradle",
            "v2/build.gradle.kts",
            "main.go",
            "v2/main.go",
            "cmd/tool/main.go");

    private static final Map<String, String> ARGUMENT_FILES = Map.of(
            "javac-arguments",
            "-d out#x \"Main.java\" # comment\n#Other.java\n",
            "go.mod",
            "// the course\nmodule example.com/course\n",
            "java-arguments",
            "-cp 'out' # comment\ncourse.Main");

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("lines")
    void commandLine_means(String table, String line, String meaning) {
        List<String> argv = CommandLines.arguments(line);
        Optional<Tool> tool = TOOLBOX.find(ContainerPath.of(argv.getFirst()), argv);

        assertThat(tool.map(it -> describe(PARSERS.of(it).parse(new Invocation(it, argv, HW1, new StudentsFiles()))))
                        .orElse("unknown"))
                .isEqualTo(meaning);
    }

    static Stream<Arguments> lines() {
        return Stream.of("python.txt", "tools.txt")
                .flatMap(table -> CommandLines.lines(table).stream().map(line -> {
                    int bar = line.lastIndexOf('|');
                    return Arguments.of(
                            table,
                            line.substring(0, bar).strip(),
                            line.substring(bar + 1).strip());
                }));
    }

    private static String describe(Command command) {
        return switch (command) {
            case Command.Nothing(var why) -> "nothing " + why;
            case Command.Run(var target, var directory, var _) -> (directory ? "run-in " : "run ") + relative(target);
            case Command.Compile compile ->
                "build "
                        + Stream.concat(
                                        compile.sources().stream().map(Source::path),
                                        compile.sources().isEmpty() ? compile.inputs().stream() : Stream.of())
                                .map(ToolCommandsTest::relative)
                                .collect(Collectors.joining(" "))
                        + compile.outputs().stream()
                                .map(it -> " > " + relative(it))
                                .collect(Collectors.joining());
        };
    }

    private static String relative(ContainerPath path) {
        if (path.equals(HW1)) {
            return ".";
        }
        return path.isWithin(HW1) ? path.value().substring(HW1.value().length() + 1) : path.value();
    }

    /** The files that the tables mention. */
    private static final class StudentsFiles implements ProcessFiles {
        @Override
        public boolean isFile(ContainerPath path) {
            return FILES.contains(relative(path));
        }

        @Override
        public boolean isDirectory(ContainerPath path) {
            return path.equals(HW1) || FILES.stream().anyMatch(file -> file.startsWith(relative(path) + "/"));
        }

        @Override
        public Optional<String> read(ContainerPath path) {
            return Optional.ofNullable(ARGUMENT_FILES.get(path.fileName()));
        }
    }
}
