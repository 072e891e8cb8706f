package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.ArtefactUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Quarkus' dev mode. It runs on a copy of the project, so that its builds do not disturb other tests. */
class DevModeIT {

    private static final Set<Path> NOT_THE_PROJECT = Set.of(Path.of(".git"), Path.of("target"));
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    @TempDir
    Path directory;

    @Test
    void laptop_isEnough() throws IOException, InterruptedException {
        Assumptions.assumeTrue(ArtefactUnderTest.path().toString().endsWith(".jar"), "dev mode is the JVM's");
        copyProject();
        int port = Service.freePort();
        Path log = directory.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(
                        "./dev", "dev", "-Ddebug=false", "-Dquarkus.analytics.disabled=true")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("PROCMON_SOURCE", "replay"); // as on a machine that procmon cannot watch
        builder.environment().put("PROMETHEUS_PORT", Integer.toString(Service.freePort()));
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
        Process devMode = builder.start();
        try {
            Await.until("the recorded session is replayed", PATIENCE, () -> {
                assertThat(devMode.isAlive()).as("dev mode is alive").isTrue();
                return activities(port).contains("\"USER_BINARY\"");
            });
        } catch (AssertionError e) {
            throw new AssertionError("%s; it has printed:%n%s".formatted(e.getMessage(), Files.readString(log)), e);
        } finally {
            Stream.concat(devMode.descendants(), Stream.of(devMode.toHandle())).forEach(ProcessHandle::destroy);
            devMode.waitFor();
        }
        assertThat(Files.readString(log)).doesNotContain("WARN ", "ERROR");
    }

    private void copyProject() throws IOException {
        Path project = Path.of("");
        Files.walkFileTree(project, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path from, BasicFileAttributes attributes) throws IOException {
                if (NOT_THE_PROJECT.contains(from)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(directory.resolve(from));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path from, BasicFileAttributes attributes) throws IOException {
                Files.copy(from, directory.resolve(from));
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static String activities(int port) {
        URI address = URI.create("http://127.0.0.1:" + port + "/api/activities");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString())
                    .body();
        } catch (ConnectException _) {
            return ""; // nobody listens yet
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
