package io.procmon.kernels;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another program. It must succeed. */
final class Command {

    /** An emulated machine needs less than a minute when nothing else runs. */
    private static final long PATIENCE_MINUTES = 8;

    private Command() {}

    /** Runs it, and waits for its end. */
    static void run(String... command) {
        try {
            Path output = Files.createTempFile("procmon-kernels", ".out");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly().waitFor();
            }
            String said = Files.readString(output, UTF_8);
            Files.delete(output);
            if (process.exitValue() != 0) {
                throw new AssertionError(
                        "%s ended with %d:%n%s".formatted(List.of(command), process.exitValue(), said));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
