package io.procmon.cli;

import io.procmon.spool.DeadLetters;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists or resends the dead letters, whether a service runs or not. It changes only their file. */
@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        description = "Lists the activities that the backend rejected, or resends them.")
public final class DeadLettersCommand {

    @Spec
    CommandSpec spec;

    @Option(
            names = "--dir",
            scope = picocli.CommandLine.ScopeType.INHERIT,
            paramLabel = "DIRECTORY",
            description = "The directory of the spool. Default: PROCMON_SPOOL_DIR.")
    Path directory;

    /** Prints the dead letters. */
    @Command(name = "list", description = "Prints all dead letters, one line of JSON each, the oldest first.")
    int list() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        try (Reader letters = letters().read()) {
            letters.transferTo(out);
        }
        out.flush();
        return 0;
    }

    /** Marks the dead letters for resending. */
    @Command(
            name = "resend",
            description =
                    "Resends all dead letters. A running service sends them at once, otherwise the next service at start-up.")
    int resend() throws IOException {
        spec.commandLine().getOut().println("marked for resending: " + letters().mark());
        return 0;
    }

    private DeadLetters letters() {
        Path spool = SpoolDirectory.of(directory)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "the directory of the spool is missing: set PROCMON_SPOOL_DIR, or use --dir"));
        return new DeadLetters(Optional.of(spool));
    }
}
