package io.procmon.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.ArtefactUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The artefact of the build, a jar or a native executable, run from a command line until it ends. */
final class Artefact {

    private static final long PATIENCE_MINUTES = 3;

    /**
     * Java and the artefact may be in a directory that the user nobody cannot read, such as root's home, so they are
     * mounted here.
     */
    private static final String AS_NOBODY = """
            set -e
            capabilities=$1 java=$2 artefact=$3
            shift 3
            mount -t tmpfs -o mode=755 none /mnt
            mkdir /mnt/java /mnt/artefact
            mount --bind "$java" /mnt/java
            mount --bind "$artefact" /mnt/artefact
            exec setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs \\
              --inh-caps="$capabilities" --ambient-caps="$capabilities" --bounding-set="$capabilities" "$@"
            """;

    private Artefact() {}

    /**
     * The result of a run.
     *
     * @param status the exit status
     * @param output its standard output
     * @param errors its standard error
     */
    record Run(int status, String output, String errors) {}

    /** Runs it with these environment variables, and without procmon's variables of this process. */
    static Run run(Map<String, String> environment, String... arguments) {
        return run(commandLine(javaHome(), ArtefactUnderTest.path(), arguments), environment);
    }

    /** Runs it as the user nobody, with these capabilities and no way to get others. */
    static Run runAsNobody(String capabilities, Map<String, String> environment, String... arguments) {
        return run(asNobody(capabilities, arguments), environment);
    }

    /** Starts it as the user nobody, and returns while it runs. */
    static Process startAsNobody(String capabilities, Map<String, String> environment, Path log) {
        try {
            return builder(asNobody(capabilities), environment)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Run run(List<String> command, Map<String, String> environment) {
        try {
            Path output = Files.createTempFile("procmon", ".out");
            Path errors = Files.createTempFile("procmon", ".err");
            Process process = builder(command, environment)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
                throw new AssertionError("%s did not end:%n%s%n%s".formatted(command, text(output), text(errors)));
            }
            Run run = new Run(process.exitValue(), text(output), text(errors));
            Files.delete(output);
            Files.delete(errors);
            return run;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static ProcessBuilder builder(List<String> command, Map<String, String> environment) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().keySet().removeIf(Artefact::isOurs);
        builder.environment().putAll(environment);
        return builder;
    }

    private static List<String> asNobody(String capabilities, String... arguments) {
        Path artefact = ArtefactUnderTest.path();
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "sh",
                "-c",
                AS_NOBODY,
                "sh",
                "-all" + capabilities,
                javaHome().toString(),
                artefact.getParent().toString()));
        command.addAll(
                commandLine(Path.of("/mnt/java"), Path.of("/mnt/artefact").resolve(artefact.getFileName()), arguments));
        return command;
    }

    private static List<String> commandLine(Path javaHome, Path artefact, String... arguments) {
        List<String> command = new ArrayList<>();
        if (artefact.toString().endsWith(".jar")) {
            String java = javaHome.resolve("bin/java").toString();
            command.addAll(List.of(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"));
        }
        command.add(artefact.toString());
        command.addAll(List.of(arguments));
        return command;
    }

    private static Path javaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    private static boolean isOurs(String variable) {
        return variable.matches("(PROCMON|QUARKUS|API|PROMETHEUS|LOG)_.*");
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, UTF_8);
    }
}
