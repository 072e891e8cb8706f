package io.procmon.parser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.KnownTools;
import io.procmon.Prerequisites;
import io.procmon.process.ContainerPath;
import io.procmon.process.Tool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * CPython runs each line of a table with programs that report their own names. The parser must return the same result
 * for the same line.
 */
class PythonOracleTest {

    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /** Appends the name of this file, {@code __main__}, and the command line to the file that PROBE names. */
    private static final String PROBE = """
            # the first line, which -x skips
            import json, os, sys
            with open(os.environ["PROBE"], "a") as out:
                main = getattr(sys.modules["__main__"], "__file__", None)
                json.dump({"file": globals().get("__file__"), "main": main, "orig_argv": sys.orig_argv}, out)
                out.write("\\n")
            """;

    private static final String TEST = PROBE + """
            import unittest
            class ProbeTest(unittest.TestCase):
                def test_it(self):
                    pass
            """;

    private static final Pattern NOT_FOUND =
            Pattern.compile("can't (?:open file|find '__main__' module in) '(.*?)'(?::|\\R|$)");

    /** The result of CPython for a line. */
    private record Answer(Optional<JsonNode> probe, String errors) {}

    private static Tool python;

    @TempDir
    static Path temp;

    private static Path hw1;

    @BeforeAll
    static void makeProject() throws IOException {
        Prerequisites.require(Files.isExecutable(PYTHON), PYTHON + " is missing");
        python = KnownTools.named("python");
        hw1 = temp.toRealPath().resolve("project/hw1");
        for (String file : List.of(
                "probe.py",
                "script",
                "my script.py",
                "src/deep.py",
                "app/__main__.py",
                "package/__init__.py",
                "package/__main__.py",
                "package/inner.py",
                "both.py",
                "both/__main__.py",
                "../../elsewhere/installed.py")) {
            write(hw1.resolve(file), file.endsWith("__init__.py") ? "" : PROBE);
        }
        write(hw1.resolve("test_probe.py"), TEST);
        Files.createDirectory(hw1.resolve("empty"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(hw1.resolve("app.zip")))) {
            zip.putNextEntry(new ZipEntry("__main__.py"));
            zip.write(PROBE.getBytes(StandardCharsets.UTF_8));
        }
    }

    @ParameterizedTest(name = "python3 {0}")
    @MethodSource("lines")
    void parserSaysWhatCPythonDoes(String line) throws Exception {
        List<String> arguments = CommandLines.arguments(line);
        List<String> argv =
                Stream.concat(Stream.of(PYTHON.toString()), arguments.stream()).toList();

        Command command = new ScriptParser()
                .parse(new Invocation(python, argv, ContainerPath.of(hw1.toString()), new DiskFiles()));

        Answer answer = ask(argv);
        if (answer.probe().isPresent()) {
            assertThat(answer.probe().get().get("orig_argv")).hasSize(argv.size());
            assertThat(target(command)).isEqualTo(whatRan(answer.probe().get()));
        } else {
            assertThat(target(command)).isEqualTo(whatDidNotRun(answer.errors()));
        }
    }

    static List<String> lines() {
        return CommandLines.lines("python-oracle.txt");
    }

    /** The same without {@code installed}: no program can report whether it is a runner of other files. */
    private static Command target(Command command) {
        return command instanceof Command.Run(var target, var isDirectory, var _)
                ? new Command.Run(target, isDirectory)
                : command;
    }

    /** The result that the parser should have for a program that reported its name. */
    private static Command whatRan(JsonNode probe) {
        if (probe.get("file").isNull() || probe.get("file").asText().equals("<stdin>")) {
            boolean inline = probe.get("orig_argv").toString().contains("exec(open(");
            return new Command.Nothing(inline ? Command.Why.INLINE : Command.Why.NO_INPUT);
        }
        Path file = hw1.resolve(probe.get("file").asText()).normalize();
        if (!file.startsWith(hw1)) {
            return new Command.Run(path(hw1), true);
        }
        boolean zipped = Files.isRegularFile(file.getParent());
        return new Command.Run(path(zipped ? file.getParent() : file), false);
    }

    /** The result that the parser should have if no program reported anything. */
    private static Command whatDidNotRun(String errors) {
        Matcher notFound = NOT_FOUND.matcher(errors);
        if (notFound.find()) {
            Path missing = hw1.resolve(notFound.group(1)).normalize();
            return new Command.Run(path(Files.isDirectory(missing) ? missing.resolve("__main__.py") : missing), false);
        }
        if (errors.contains("No module named") || errors.contains("Error while finding module")) {
            return new Command.Run(path(hw1), true);
        }
        boolean refused = errors.contains("nknown option") || errors.contains("xpected") || errors.contains("reserved");
        return new Command.Nothing(refused ? Command.Why.REFUSED : Command.Why.INFORMATION);
    }

    private static Answer ask(List<String> argv) throws Exception {
        Path said = Files.createTempFile(temp, "said", ".ndjson");
        Path errors = Files.createTempFile(temp, "errors", ".txt");
        ProcessBuilder builder = new ProcessBuilder(argv)
                .directory(hw1.toFile())
                .redirectInput(hw1.resolve("probe.py").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        builder.environment().put("PROBE", said.toString());
        builder.environment()
                .put("PYTHONPATH", hw1.resolve("../../elsewhere").normalize().toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("CPython ends").isTrue();
        List<String> probes = Files.readAllLines(said);
        return new Answer(
                probes.isEmpty() ? Optional.empty() : Optional.of(new ObjectMapper().readTree(probes.getFirst())),
                Files.readString(errors));
    }

    private static ContainerPath path(Path path) {
        return ContainerPath.of(path.toString());
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
