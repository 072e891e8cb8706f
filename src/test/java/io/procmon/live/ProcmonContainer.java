package io.procmon.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * procmon in a container.
 *
 * @param id 64 hexadecimal digits
 */
record ProcmonContainer(DockerEngine docker, String id) implements AutoCloseable {

    /** The result of the image's own health check, such as {@code healthy}. */
    String health() {
        return docker.inspect(id, "{{.State.Health.Status}}");
    }

    /** The status of its process: proc_pid_status(5). */
    List<String> status() throws IOException {
        return Files.readAllLines(Path.of("/proc", docker.inspect(id, "{{.State.Pid}}"), "status"));
    }

    /** Runs a program of busybox in the container, and returns its output. */
    String run(String... command) {
        List<String> arguments = new ArrayList<>(List.of("exec", id, "/bin/busybox"));
        arguments.addAll(List.of(command));
        return docker.docker(arguments.toArray(String[]::new));
    }

    @Override
    public void close() {
        docker.remove(id);
    }
}
