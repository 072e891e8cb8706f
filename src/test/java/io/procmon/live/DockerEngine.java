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
 * A Docker daemon for the tests alone. Its containers have no network. A student's image contains only the program
 * {@code student}; all other programs come from this machine, by a mount of {@code /usr}.
 */
final class DockerEngine implements AutoCloseable {

    private static final String STUDENT = "student";

    /** Gives a container CAP_BPF and CAP_PERFMON, even if its Docker does not know them. */
    private static final String RUNTIME_WITH_BPF = "with-bpf";

    private final Path directory;
    private final Process daemon;
    private final Programs programs;

    private DockerEngine(Path directory, Process daemon, Programs programs) {
        this.directory = directory;
        this.daemon = daemon;
        this.programs = programs;
    }

    /** Starts it and waits until it answers. */
    static DockerEngine start(Path directory, Programs programs) {
        Prerequisites.programs("dockerd", "docker", "tar", "jq");
        File log = directory.resolve("log").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                        "dockerd",
                        "--host=" + address(directory),
                        "--data-root=" + directory.resolve("data"),
                        "--exec-root=" + directory.resolve("exec"),
                        "--pidfile=" + directory.resolve("pid"),
                        "--iptables=false",
                        "--bridge=none",
                        "--add-runtime=" + RUNTIME_WITH_BPF + "="
                                + Path.of("src/test/sh/docker-runtime").toAbsolutePath())
                .redirectErrorStream(true)
                .redirectOutput(log);
        builder.environment().merge("PATH", "/usr/sbin:/sbin", (path, more) -> path + ":" + more);
        try {
            DockerEngine engine = new DockerEngine(directory, builder.start(), programs);
            Await.until("dockerd answers; see " + log, engine::answers);
            engine.importStudent();
            return engine;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A student's container with the project directory mounted into it, as on lab nodes. */
    StudentContainer withMountedProject(String hostname, Path project) {
        String id = create(hostname, "--volume=" + project + ":" + StudentContainer.PROJECT);
        return new StudentContainer(hostname, id, project, start(id), () -> remove(id), programs);
    }

    /** A student's container whose project directory is in the container's own layer, an overlay. */
    StudentContainer withProjectOfItsOwn(String hostname) {
        String id = create(hostname);
        Process student = start(id);
        Await.until(
                "the container runs", () -> inspect(id, "{{.State.Running}}").equals("true"));
        Path root = Path.of(inspect(id, "{{.GraphDriver.Data.MergedDir}}"));
        return new StudentContainer(
                hostname, id, root.resolve(StudentContainer.PROJECT.substring(1)), student, () -> remove(id), programs);
    }

    /** Imports the root directory of a distribution, packed by tar(1), under the names that images build upon. */
    void importBase(Path archive, String... names) {
        for (String name : names) {
            docker("import", archive.toString(), name);
        }
    }

    /**
     * Builds an image from a file in {@code docker/} with the artefact of the build.
     *
     * @return its name
     */
    String build(String dockerfile) {
        String name = "procmon:" + dockerfile.replaceFirst(".*\\.", "");
        docker(
                "build",
                "--network=host", // for the distribution's packages
                "--file=" + Path.of("docker", dockerfile),
                "--build-arg=APPLICATION=prebuilt",
                "--tag=" + name,
                ".");
        return name;
    }

    /** Starts procmon's image with the two capabilities and further options. */
    ProcmonContainer startProcmon(String image, List<String> options) {
        List<String> arguments = new ArrayList<>(List.of("run", "--detach", "--runtime=" + RUNTIME_WITH_BPF));
        arguments.addAll(options);
        arguments.add(image);
        return new ProcmonContainer(this, docker(arguments.toArray(String[]::new)));
    }

    /** Runs the client, and returns what it prints. */
    String docker(String... arguments) {
        return Shell.run(command(arguments));
    }

    String inspect(String id, String format) {
        return docker("inspect", "--format=" + format, id);
    }

    void remove(String id) {
        docker("rm", "--force", "--volumes", id);
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
        arguments.addAll(List.of(STUDENT, "/home/student"));
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

    private boolean answers() {
        if (!daemon.isAlive()) {
            throw new AssertionError("dockerd has ended; see " + directory.resolve("log"));
        }
        return Files.exists(directory.resolve("socket"));
    }

    private void importStudent() throws IOException {
        Path root = Files.createDirectory(directory.resolve("root"));
        for (String name : List.of("bin", "sbin", "lib", "lib64")) {
            Files.createSymbolicLink(root.resolve(name), Path.of("usr", name));
        }
        Files.createDirectories(root.resolve(StudentContainer.PROJECT.substring(1)));
        Files.copy(programs.student(), root.resolve("home/student"));
        Shell.run("chmod", "755", root.resolve("home/student").toString());
        Path archive = directory.resolve("image.tar");
        Shell.run("tar", "--create", "--file=" + archive, "--directory=" + root, ".");
        docker("import", archive.toString(), STUDENT);
    }

    /**
     * The distribution's client, which matches its daemon. BuildKit skips the stages of an image that are not needed.
     */
    private String[] command(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of("env", "PATH=/usr/bin:/bin", "DOCKER_BUILDKIT=1", "docker", "--host=" + address(directory)));
        command.addAll(List.of(arguments));
        return command.toArray(String[]::new);
    }

    private static String address(Path directory) {
        return "unix://" + directory.resolve("socket");
    }
}
