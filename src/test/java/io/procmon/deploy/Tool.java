package io.procmon.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.Prerequisites;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * An external program that checks files of its kind.
 *
 * @param name such as {@code promtool}
 * @param debianPackage the package to install if it is missing
 */
record Tool(String name, String debianPackage) {

    /**
     * How it ended.
     *
     * @param output what it has printed, errors too
     */
    record Verdict(int status, String output) {}

    /** Runs it. If it is not installed, the test is skipped, or fails in CI. */
    Verdict run(String... arguments) throws IOException, InterruptedException {
        Prerequisites.require(
                Prerequisites.isOnPath(name),
                "'%s' is not installed; Debian has it in the package %s".formatted(name, debianPackage));
        List<String> command =
                Stream.concat(Stream.of(name), Arrays.stream(arguments)).toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Verdict(process.waitFor(), output);
    }
}
