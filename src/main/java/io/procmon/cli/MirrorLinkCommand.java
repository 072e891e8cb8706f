package io.procmon.cli;

import io.procmon.classroom.access.MirrorLinks;
import io.procmon.process.Student;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
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

/** Prints a link with which a student sees what is recorded of the student, or revokes such links. */
@Command(
        name = "mirror-link",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a link with which a student sees what is recorded of the student.",
            "With --revoke, it revokes the links of the student so far instead.",
            "The class service needs the same key, as PROCMON_MIRROR_KEY_FILE."
        },
        footer = {"", "Exit status: 0 done, 1 the class service has not revoked the links, 2 a wrong command line."})
final class MirrorLinkCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int REVOKED = 204;
    private static final int NOT_FOUND = 404;

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
            names = "--revoke",
            description =
                    "Asks the class service at --address to revoke all links of the student that were made until now.")
    private boolean revoke;

    @Option(
            names = "--address",
            defaultValue = "http://localhost:9091",
            description = "The address of the class service. (${DEFAULT-VALUE})")
    private URI address;

    @Override
    public Integer call() throws IOException, InterruptedException {
        MirrorLinks links;
        try {
            links = new MirrorLinks(Files.readAllBytes(keyFile));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "%s: %s".formatted(keyFile, e.getMessage()), e);
        }
        Student of = new Student(course, section, student);
        Instant now = Instant.now();
        if (revoke) {
            return revoke(address.resolve("/mirror/" + links.revocation(of, now) + "/revoke"));
        }
        spec.commandLine()
                .getOut()
                .println(address.resolve("/mirror/" + links.link(of, now, now.plus(Duration.ofDays(days)))));
        return 0;
    }

    /** Sends a revocation to the class service. */
    private int revoke(URI revocation) throws InterruptedException {
        String answer;
        try (HttpClient client =
                HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpRequest request = HttpRequest.newBuilder(revocation)
                    .timeout(PATIENCE)
                    .POST(BodyPublishers.noBody())
                    .build();
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status == REVOKED) {
                spec.commandLine()
                        .getOut()
                        .println("revoked: the links of %s-%s %s so far".formatted(course, section, student));
                return 0;
            }
            answer = status == NOT_FOUND ? "it has another key, or none" : "it answers with status " + status;
        } catch (IOException e) {
            answer = "it does not answer: " + e;
        }
        spec.commandLine().getErr().println("procmon: %s has not revoked the links: %s".formatted(address, answer));
        return 1;
    }
}
