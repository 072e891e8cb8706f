package io.procmon.live;

import io.procmon.Prerequisites;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Docker of the tests' own: it shares nothing with one that may run on this machine, and has no network. Its one image
 * is empty but for the program {@code student}; all others are this machine's, by a mount of {@code /usr}.
 */
final class DockerEngine implements AutoCloseable {

    private static final String IMAGE = "student";

    private final Path directory;
    private final Process daemon;
    private final Programs programs;

    private DockerEngine(Path directory, Process daemon, Programs programs) {
        this.directory = directory;
        this.daemon = daemon;
        this.programs = programs;
    }

    /** Starts it, and waits until it answers. */
    static DockerEngine start(Path directory, Programs programs) {
        Prerequisites.programs("dockerd", "docker", "tar");
        File log = directory.resolve("log").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                        "dockerd",
                        "--host=" + address(directory),
                        "--data-root=" + directory.resolve("data"),
                        "--exec-root=" + directory.resolve("exec"),
                        "--pidfile=" + directory.resolve("pid"),
                        "--iptables=false",
                        "--bridge=none")
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        try {
            DockerEngine engine = new DockerEngine(directory, builder.start(), programs);
            Await.until("dockerd answers; see " + log, engine::answers);
            engine.importImage();
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A student's container with the project directory mounted into it, as they are on lab nodes. */
    StudentContainer withMountedProject(String hostname, Path project) {
        String id = create(hostname, "--volume=" + project + ":" + StudentContainer.PROJECT);
        return new StudentContainer(hostname, id, project, start(id), () -> remove(id), programs);
    }

    /** A student's container with the project directory in the layer of the container's own, an overlay. */
    StudentContainer withProjectOfItsOwn(String hostname) {
        String id = create(hostname);
        Process student = start(id);
        Await.until(
                "the container runs", () -> inspect(id, "{{.State.Running}}").equals("true"));
        Path root = Path.of(inspect(id, "{{.GraphDriver.Data.MergedDir}}"));
        return new StudentContainer(
                hostname, id, root.resolve(StudentContainer.PROJECT.substring(1)), student, () -> remove(id), programs);
    }

    @Override
    public void close() {
        daemon.destroy();
        Await.until("dockerd ends; see " + directory.resolve("log"), () -> !daemon.isAlive());
    }

    private String create(String hostname, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "create", "--interactive", "--network=none", "--hostname=" + hostname, "--volume=/usr:/usr:ro"));
        arguments.addAll(List.of("--volume=/etc/alternatives:/etc/alternatives:ro", "--tmpfs=/tmp:exec"));
        arguments.addAll(List.of(more));
        arguments.addAll(List.of(IMAGE, "/home/student"));
        return docker(arguments.toArray(String[]::new));
    }

    private Process start(String id) {
        try {
            return new ProcessBuilder(command("start", "--attach", "--interactive", id))
                    .redirectError(directory.resolve(id).toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String inspect(String id, String format) {
        return docker("inspect", "--format=" + format, id);
    }

    private void remove(String id) {
        docker("rm", "--force", id);
    }

    private boolean answers() {
        if (!daemon.isAlive()) {
            throw new AssertionError("dockerd has ended; see " + directory.resolve("log"));
        }
        return Files.exists(directory.resolve("socket"));
    }

    private void importImage() throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        for (String name : List.of("bin", "sbin", "lib", "lib64")) {
            Files.createSymbolicLink(root.resolve(name), Path.of("usr", name));
        }
        Files.createDirectories(root.resolve(StudentContainer.PROJECT.substring(1)));
        Files.copy(programs.student(), root.resolve("home/student"));
        Shell.run("chmod", "755", root.resolve("home/student").toString());
        Path archive = directory.resolve("image.tar");
        Shell.run("tar", "--create", "--file=" + archive, "--directory=" + root, ".");
        docker("import", archive.toString(), IMAGE);
    }

    private String docker(String... arguments) {
        return Shell.run(command(arguments));
    }

    private String[] command(String... arguments) {
        List<String> command = new ArrayList<>(List.of("docker", "--host=" + address(directory)));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private static String address(Path directory) {
        return "unix://" + directory.resolve("socket");
    }
}
