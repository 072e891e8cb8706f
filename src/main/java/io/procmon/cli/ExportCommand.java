package io.procmon.cli;

import io.procmon.classroom.logbook.Logbook;
import io.procmon.classroom.progsnap2.Dataset;
import io.procmon.classroom.progsnap2.Subjects;
import io.procmon.config.ProcmonConfig;
import io.procmon.privacy.KeyedHash;
import io.quarkus.runtime.configuration.DurationConverter;
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

/** Exports the activities of a class to files. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes the activities of a class in a format for other programs.")
public final class ExportCommand {

    @Spec
    CommandSpec spec;

    /** Writes a data set. */
    @Command(
            name = "progsnap2",
            description = {
                "Writes a data set in the ProgSnap2 format, with pseudonyms in place of students.",
                "While a service runs, its file is locked: use /api/export/progsnap2 of the service."
            })
    int progsnap2(
            @Parameters(
                            paramLabel = "TO",
                            description = "The directory of the data set. It is created if it does not exist.")
                    Path to,
            @Option(
                            names = "--dir",
                            paramLabel = "DIRECTORY",
                            description = "The directory of the spool. Default: PROCMON_SPOOL_DIR.")
                    Path directory,
            @Option(names = "--course", paramLabel = "COURSE", description = "Exports only this course, such as os.")
                    String course,
            @Option(
                            names = "--key-file",
                            paramLabel = "FILE",
                            description =
                                    "A file with a key. The same key gives the same pseudonyms; without a key, they are new each time.")
                    Path keyFile)
            throws IOException {
        Path spool = SpoolDirectory.of(directory)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "the directory of the spool is missing: set PROCMON_SPOOL_DIR, or use --dir"));
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

    /** The idle time of the service, if this command has the service's environment. */
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
        try (OutputStream out = Files.newOutputStream(file)) {
            content.to(out);
        }
    }
}
