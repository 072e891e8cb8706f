package io.procmon.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A cgroup like that of a container runtime: its name is the container id. Without it, tests that run in a container
 * would have all their students in that one container.
 *
 * @param directory its directory in the cgroup file system
 */
record ContainerCgroup(Path directory) implements AutoCloseable {

    /**
     * Creates one in the hierarchy that procmon reads: version 2 if it exists, else the memory hierarchy of version 1.
     */
    static ContainerCgroup create() {
        byte[] id = new byte[32];
        ThreadLocalRandom.current().nextBytes(id);
        try {
            return new ContainerCgroup(
                    Files.createDirectory(hierarchy().resolve(HexFormat.of().formatHex(id))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The container's id: 64 hexadecimal digits. */
    String id() {
        return directory.getFileName().toString();
    }

    /** The file to which a process writes the number 0 to enter it. */
    Path door() {
        return directory.resolve("cgroup.procs");
    }

    /** Removes it after its last process has ended. */
    @Override
    public void close() {
        Await.until("the cgroup %s is empty".formatted(directory), () -> {
            try {
                Files.deleteIfExists(directory);
                return true;
            } catch (IOException e) {
                return false; // EBUSY: a process is in it
            }
        });
    }

    private static Path hierarchy() throws IOException {
        List<String[]> mounts = Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" "))
                .toList();
        return mounts.stream()
                .filter(mount -> mount[2].equals("cgroup2"))
                .findFirst()
                .or(() -> mounts.stream()
                        .filter(mount -> mount[2].equals("cgroup")
                                && List.of(mount[3].split(",")).contains("memory"))
                        .findFirst())
                .map(mount -> Path.of(mount[1]))
                .orElseThrow(() -> new IOException("no cgroup hierarchy is mounted"));
    }
}
