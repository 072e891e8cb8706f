package io.procmon.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A student's container. It executes one command at a time and returns its real end. Closing it ends all processes in
 * it.
 */
final class StudentContainer implements AutoCloseable {

    /** The project directory, as the container sees it. */
    static final String PROJECT = "/home/coder/project";

    /**
     * Mounts the student's directory over a /home in the container. The hostname is set last, so that procmon sees none
     * of this.
     */
    private static final String SET_UP = """
            set -e
            mkdir -p "$2/mnt"
            mount -t tmpfs none "$2/mnt"
            mkdir -p "$2/mnt/coder/project"
            mount --bind "$2/project" "$2/mnt/coder/project"
            cp "$3" "$2/mnt/student"
            echo 0 >"$4"
            mount --rbind "$2/mnt" /home
            printf %s "$1" >/proc/sys/kernel/hostname
            exec /home/student
            """;

    private static final String FENCE = "hw0/.fence";

    private final String hostname;
    private final String id;
    private final Path project;
    private final Process process;
    private final Runnable whenEmpty;
    private final DataOutputStream requests;
    private final DataInputStream answers;

    /**
     * Represents a container in which the program {@code student} runs.
     *
     * @param id the container id that procmon should report
     * @param project the student's project directory on this machine
     * @param whenEmpty releases resources after the processes in the container have ended
     */
    StudentContainer(String hostname, String id, Path project, Process process, Runnable whenEmpty, Programs programs) {
        this.hostname = hostname;
        this.id = id;
        this.project = project;
        this.process = process;
        this.whenEmpty = whenEmpty;
        requests = new DataOutputStream(process.getOutputStream());
        answers = new DataInputStream(process.getInputStream());
        install(FENCE, programs.ends());
    }

    /** Creates a container from UTS, mount and PID namespaces and a cgroup. */
    static StudentContainer enter(String hostname, Path directory, Programs programs) {
        ContainerCgroup cgroup = ContainerCgroup.create();
        try {
            Path project = Files.createDirectories(directory.resolve("project"));
            String[] command = {
                "unshare",
                "--uts",
                "--mount",
                "--pid",
                "--fork",
                "--kill-child",
                "--mount-proc",
                "sh",
                "-c",
                SET_UP,
                "sh",
                hostname,
                directory.toString(),
                programs.student().toString(),
                cgroup.door().toString()
            };
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectError(directory.resolve("output").toFile());
            builder.environment().clear();
            builder.environment().put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
            builder.environment().put("HOME", "/home/coder");
            builder.environment().put("LANG", "C.UTF-8");
            return new StudentContainer(hostname, cgroup.id(), project, builder.start(), cgroup::close, programs);
        } catch (IOException e) {
            cgroup.close();
            throw new UncheckedIOException(e);
        }
    }

    String hostname() {
        return hostname;
    }

    String id() {
        return id;
    }

    /** The path on this machine of a file in the project. */
    Path file(String name) {
        return project.resolve(name);
    }

    /** Writes a file of the project. */
    StudentContainer write(String name, String text) {
        try {
            Files.createDirectories(file(name).getParent());
            Files.writeString(file(name), text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Copies a program into the project. */
    StudentContainer install(String name, Path program) {
        try {
            Files.createDirectories(file(name).getParent());
            Files.copy(program, file(name), StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Executes a command in a directory of the project, and waits for its end. */
    Ended run(String directory, String... command) {
        return start(directory, command).end();
    }

    /** Executes a command in a directory of the project. */
    Running start(String directory, String... command) {
        return start(
                (PROJECT + "/" + directory).getBytes(UTF_8),
                Arrays.stream(command).map(it -> it.getBytes(UTF_8)).toList());
    }

    /** Executes a command whose words are bytes, in a directory given by its absolute path. */
    Running start(byte[] directory, List<byte[]> command) {
        List<byte[]> strings = new ArrayList<>();
        strings.add(directory);
        strings.addAll(command);
        try {
            requests.writeInt(strings.size());
            for (byte[] string : strings) {
                requests.writeInt(string.length);
                requests.write(string);
            }
            requests.flush();
            int pid = answers.readInt();
            return () -> new Ended(pid, answer());
        } catch (IOException e) {
            throw new UncheckedIOException("the container '%s' is gone".formatted(hostname), e);
        }
    }

    /** A running command. */
    @FunctionalInterface
    interface Running {
        /** Waits for its end. */
        Ended end();
    }

    /** All events of this student so far. An extra program marks the end: all events before its event are returned. */
    List<Event> eventsAt(Receiver receiver) {
        int fence = run("", "./" + FENCE).pid();
        Await.until(
                "the fence of %s arrives".formatted(hostname),
                () -> eventsOf(receiver).stream().anyMatch(event -> event.pid() == fence));
        return eventsOf(receiver).stream()
                .filter(event -> !event.text("target_path").endsWith("/" + FENCE))
                .toList();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
            whenEmpty.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Event> eventsOf(Receiver receiver) {
        return receiver.events().stream()
                .filter(event -> event.text("hostname").equals(hostname))
                .toList();
    }

    private int answer() {
        try {
            return answers.readInt();
        } catch (IOException e) {
            throw new UncheckedIOException("the container '%s' is gone".formatted(hostname), e);
        }
    }
}
