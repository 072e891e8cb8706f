package io.procmon.cli;

import io.procmon.classroom.access.MirrorLinks;
import io.procmon.process.Student;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints a link with which a student sees what is recorded of the student. */
@Command(
        name = "mirror-link",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a link with which a student sees what is recorded of the student.",
            "The class service needs the same key, as PROCMON_MIRROR_KEY_FILE."
        })
final class MirrorLinkCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(names = "--key-file", paramLabel = "FILE", required = true, description = "A file with 32 bytes or more.")
    private Path keyFile;

    @Option(names = "--course", required = true, description = "The course, such as os.")
    private String course;

    @Option(names = "--section", required = true, description = "The section, such as 1.")
    private String section;

    @Option(names = "--student", required = true, description = "The id of the student, or the pseudonym.")
    private String student;

    @Option(names = "--days", defaultValue = "30", description = "The link ends after this time. (${DEFAULT-VALUE})")
    private int days;

    @Option(
            names = "--address",
            defaultValue = "http://localhost:9091",
            description = "The address of the class service. (${DEFAULT-VALUE})")
    private URI address;

    @Override
    public Integer call() throws IOException {
        MirrorLinks links;
        try {
            links = new MirrorLinks(Files.readAllBytes(keyFile));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "%s: %s".formatted(keyFile, e.getMessage()), e);
        }
        String link =
                links.of(new Student(course, section, student), Instant.now().plus(Duration.ofDays(days)));
        spec.commandLine().getOut().println(address.resolve("/mirror/" + link));
        return 0;
    }
}
