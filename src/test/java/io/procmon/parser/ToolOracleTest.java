package io.procmon.parser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import io.procmon.Classroom;
import io.procmon.KnownTools;
import io.procmon.process.ContainerPath;
import io.procmon.process.Tool;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tools run each line of a table themselves. The parser must name the file that the tool ran or compiled.
 * Interpreters run programs that report their own names. A compiler must report an error in each file that the parser
 * says it compiles.
 */
class ToolOracleTest {

    /** The tools that the distribution of every test machine has. Others are tested if they are installed. */
    private static final Set<String> REQUIRED = Set.of("node", "perl", "ruby", "bash", "sh", "java", "javac");

    private static final Map<String, String> NOT_ON_PATH = Map.of(
            "java",
            System.getProperty("java.home") + "/bin/java",
            "javac",
            System.getProperty("java.home") + "/bin/javac",
            "r",
            "/usr/lib/R/bin/exec/R",
            "ghc",
            "/usr/lib/ghc/bin/ghc");

    private static final Parsers PARSERS =
            new Parsers(Classroom.parsers(), KnownTools.tools(Map.of()).tools());

    /**
     * The result of a tool.
     *
     * @param said the names that programs reported
     * @param output the printed text
     */
    private record Done(int status, List<String> said, String output) {}

    @TempDir
    static Path probes;

    private static ProbeProject project;

    @TempDir
    Path temp;

    @BeforeAll
    static void makeProject() throws IOException {
        project = ProbeProject.in(probes);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void parserSaysWhatTheToolDoes(String line) throws Exception {
        List<String> words = CommandLines.arguments(line);
        Tool tool = KnownTools.named(words.getFirst());
        List<String> argv =
                Stream.concat(Stream.of(program(tool)), words.stream().skip(1)).toList();
        Path hw1 = Files.createDirectories(temp.toRealPath().resolve("project")).resolve("hw1");
        project.copyTo(hw1);

        Command command =
                PARSERS.of(tool).parse(new Invocation(tool, argv, ContainerPath.of(hw1.toString()), new DiskFiles()));

        Done done = perform(tool, argv, hw1);
        switch (command) {
            case Command.Nothing _ -> assertThat(done.said()).isSubsetOf("stdin");
            case Command.Run(var target, var isDirectory, var _)
            when isDirectory ->
                assertThat(done.said())
                        .hasSize(done.status() == 0 ? 1 : 0)
                        .allMatch(name -> path(hw1.resolve(name)).isWithin(target), "lies in " + target);
            case Command.Run(var target, var _, var _)
            when Files.exists(Path.of(target.value())) ->
                assertThat(done.said())
                        .singleElement()
                        .isEqualTo(hw1.relativize(Path.of(target.value())).toString());
            case Command.Run(var missing, var _, var _) -> {
                assertThat(done.said()).isEmpty();
                assertThat(done.status()).as("of %s", missing).isNotZero();
            }
            case Command.Compile compile -> {
                assertThat(done.status()).as(done.output()).isZero();
                assertThat(compile.outputs()).allMatch(it -> Files.exists(Path.of(it.value())), "was written");
                failsOnEach(compile, tool, argv, hw1);
            }
        }
    }

    static List<String> lines() {
        return CommandLines.lines("tool-oracle.txt");
    }

    /** Writes invalid code to each file. The compiler must then fail at that file. */
    private void failsOnEach(Command.Compile compile, Tool tool, List<String> argv, Path hw1) throws Exception {
        List<Path> inputs = Stream.concat(compile.sources().stream().map(Source::path), compile.inputs().stream())
                .map(path -> Path.of(path.value()))
                .filter(Files::exists)
                .toList();
        assertThat(inputs).isNotEmpty();
        for (Path input : inputs) {
            String sound = Files.readString(input);
            Files.writeString(input, "nonsense !\n" + sound);
            Done done = perform(tool, argv, hw1);
            assertThat(done.status()).as(done.output()).isNotZero();
            assertThat(done.output()).contains(input.getFileName().toString());
            Files.writeString(input, sound);
        }
    }

    private Done perform(Tool tool, List<String> argv, Path hw1) throws Exception {
        Path said = Files.createTempFile(temp, "said", ".txt");
        Path output = Files.createTempFile(temp, "output", ".txt");
        Path stdin = Files.writeString(
                temp.resolve("stdin"),
                ProbeProject.probe(tool.syntax().suffixes().getFirst(), "stdin"));
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(hw1.toFile())
                .redirectInput(stdin.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "PROBE", said.toString(),
                        "R_HOME", "/usr/lib/R",
                        "LD_LIBRARY_PATH", "/usr/lib/R/lib",
                        "GOTOOLCHAIN", "local",
                        "CARGO_NET_OFFLINE", "true"));
        Process process = builder.start();
        boolean ended = process.waitFor(180, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertThat(ended).as("%s ends", argv).isTrue();
        return new Done(process.exitValue(), Files.readAllLines(said), Files.readString(output));
    }

    private static String program(Tool tool) {
        String name = tool.name();
        Optional<String> program = NOT_ON_PATH.containsKey(name)
                ? Optional.of(NOT_ON_PATH.get(name)).filter(it -> Files.isExecutable(Path.of(it)))
                : onPath(name);
        if (program.isEmpty()) {
            String problem = "'%s' is not installed".formatted(name);
            if (REQUIRED.contains(name) && "true".equals(System.getenv("CI"))) {
                fail("CI must run this test, but " + problem);
            }
            abort(problem);
        }
        return program.get();
    }

    private static Optional<String> onPath(String name) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }

    private static ContainerPath path(Path path) {
        return ContainerPath.of(path.toString());
    }
}
