package io.procmon.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program that checks files of its kind better than we could.
 *
 * @param name such as {@code promtool}
 * @param debianPackage what to install where it is missing
 */
record Tool(String name, String debianPackage) {

    /**
     * How it ended.
     *
     * @param output what it has printed, errors too
     */
    record Verdict(int status, String output) {}

    /** Runs it; without it, the test is skipped, or fails in CI. */
    Verdict run(String... arguments) throws IOException, InterruptedException {
        if (Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .noneMatch(directory -> Files.isExecutable(Path.of(directory, name)))) {
            String problem = "'%s' is not installed; Debian has it in the package %s".formatted(name, debianPackage);
            if ("true".equals(System.getenv("CI"))) {
                fail(problem);
            }
            abort(problem);
        }
        List<String> command =
                Stream.concat(Stream.of(name), Arrays.stream(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Verdict(process.waitFor(), output);
    }
}
