package io.procmon.cli;

import io.procmon.classroom.logbook.Logbook;
import io.procmon.classroom.progsnap2.Dataset;
import io.procmon.classroom.progsnap2.Subjects;
import io.procmon.config.ProcmonConfig;
import io.procmon.privacy.KeyedHash;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.microprofile.config.ConfigProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What a class did, as files for others. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes what a class did in a format that others read.")
public final class ExportCommand {

    @Spec
    CommandSpec spec;

    /** Writes a data set. */
    @Command(
            name = "progsnap2",
            description = {
                "Writes a data set in the ProgSnap2 format, with pseudonyms for students.",
                "While a service runs, it has the file: ask it at /api/export/progsnap2."
            })
    int progsnap2(
            @Parameters(paramLabel = "TO", description = "A directory, which is made if it is not there.") Path to,
            @Option(
                            names = "--dir",
                            paramLabel = "DIRECTORY",
                            description = "The spool's directory; by default PROCMON_SPOOL_DIR.")
                    Path directory,
            @Option(names = "--course", paramLabel = "COURSE", description = "Of this course alone, such as os.")
                    String course,
            @Option(
                            names = "--key-file",
                            paramLabel = "FILE",
                            description =
                                    "Students have the same pseudonyms under the same key; without one, never again.")
                    Path keyFile)
            throws IOException {
        Path spool = SpoolDirectory.of(directory)
                .orElseThrow(() ->
                        new ParameterException(spec.commandLine(), "from where? Set PROCMON_SPOOL_DIR, or use --dir"));
        Subjects subjects =
                keyFile == null ? Subjects.unlinkable() : new Subjects(new KeyedHash(Files.readAllBytes(keyFile)));
        try (Logbook logbook = Logbook.read(spool)) {
            logbook.dataset(work -> course == null || work.student().course().equals(course), subjects, idle())
                    .write((path, content) -> write(to.resolve(path), content));
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
        spec.commandLine().getOut().println("written: " + to);
        return 0;
    }

    /** As the service has it, if this has the service's environment. */
    private static Duration idle() {
        return ConfigProvider.getConfig()
                .getOptionalValue("procmon.workflow.idle", Duration.class)
                .orElseGet(() -> DurationConverter.parseDuration(ProcmonConfig.Workflow.IDLE));
    }

    private static void write(Path file, Dataset.Content content) throws IOException {
        Path directory = file.getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            content.to(out);
        }
    }
}
