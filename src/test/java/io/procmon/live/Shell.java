package io.procmon.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.Prerequisites;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs commands of the shell. */
final class Shell {

    private static final Pattern WORD = Pattern.compile("'([^']*)'|(\\S+)");

    private Shell() {}

    /** The words of a command line; single quotes group them. */
    static String[] words(String line) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(line); word.find(); ) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2));
        }
        return words.toArray(String[]::new);
    }

    /** Whether gcc finds a C library for programs of 32 bits. */
    static boolean has32BitLibrary() {
        return Prerequisites.isOnPath("gcc")
                && run("gcc", "-m32", "-print-file-name=libc.a").startsWith("/");
    }

    /** Runs a command that must succeed, and returns its output. */
    static String run(String... command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new AssertionError("%s: status %d: %s".formatted(String.join(" ", command), status, output));
            }
            return output.strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
