package io.procmon.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.events.ExecRecord;
import io.procmon.events.ImageKey;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The files that this process can see; every test may read them. */
class SeenFilesTest {

    private static final long NANOS_PER_TICK = 10_000_000;

    @TempDir
    Path directory;

    private ProcessFiles files;

    @BeforeEach
    void open() throws IOException {
        files = new ProcessRoot().filesOf(exec(self()));
    }

    @AfterEach
    void close() {
        files.close();
    }

    @Test
    void fileAndDirectory_areTold() throws IOException {
        write("options", "-Wall");

        assertThat(files.isFile(path("options"))).isTrue();
        assertThat(files.isDirectory(path("options"))).isFalse();
        assertThat(files.isDirectory(path("."))).isTrue();
        assertThat(files.isFile(path("missing"))).isFalse();
        assertThat(files.read(path("options"))).contains("-Wall");
        assertThat(files.read(path("missing"))).isEmpty();
    }

    @Test
    void size_isThatOfARegularFile() throws Exception {
        write("main.c", "int main(void);");
        Files.createSymbolicLink(directory.resolve("link.c"), Path.of("main.c"));
        Path fifo = directory.resolve("fifo.c");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        assertThat(files.size(path("main.c"))).hasValue(15);
        assertThat(files.size(path("link.c"))).hasValue(15);
        assertThat(files.size(path("fifo.c"))).isEmpty();
        assertThat(files.size(path("missing.c"))).isEmpty();
        assertThat(files.size(path("."))).isEmpty();
    }

    @Test
    void links_areFollowed() throws IOException {
        write("options", "-Wall");
        Files.createSymbolicLink(directory.resolve("relative"), Path.of("options"));
        Files.createSymbolicLink(directory.resolve("circle"), Path.of("circle"));

        assertThat(files.read(path("relative"))).contains("-Wall");
        assertThat(files.read(path("circle"))).isEmpty();
    }

    @Test
    void linksAndDots_leadWhereTheyLeadTheProcess() throws IOException {
        Files.createDirectories(directory.resolve("real/deep"));
        write("real/options", "-O2");
        write("options", "-O1");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("real/deep"));
        Files.createSymbolicLink(directory.resolve("up"), Path.of("link/../options"));
        Files.createSymbolicLink(directory.resolve("absolute"), directory.resolve("link/../../options"));
        Files.createSymbolicLink(directory.resolve("nowhere"), Path.of("../".repeat(60) + "missing"));

        assertThat(files.read(path("up"))).contains("-O2");
        assertThat(files.read(path("absolute"))).contains("-O1");
        assertThat(files.isFile(path("nowhere"))).isFalse();
        assertThat(files.isDirectory(ContainerPath.of("/"))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"@9223372036854775807", "@-9223372036854775808", "@99999999999.999999999", "@-1.5"})
    void fileOfAnyTime_isAFile(String time) throws Exception {
        write("main.c", "int main(void);");
        // file systems on disks clamp the time, tmpfs does not
        Path file = Files.copy(directory.resolve("main.c"), Path.of("/dev/shm/procmon-" + UUID.randomUUID()));
        try {
            assertThat(new ProcessBuilder("touch", "-d", time, file.toString())
                            .start()
                            .waitFor())
                    .isZero();
            ContainerPath path = ContainerPath.of(file.toString());

            assertThat(files.size(path)).hasValue(15);
            assertThat(new ProcessRoot().find(self(), path)).isPresent();
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void path_isResolvedToTheFileThatItLeadsTo() throws IOException {
        Files.createDirectories(directory.resolve("project/hw1"));
        write("project/hw1/main.c", "");
        Files.createSymbolicLink(directory.resolve("work"), Path.of("project"));
        Files.createSymbolicLink(directory.resolve("absolute"), directory.resolve("project/hw1"));
        Files.createSymbolicLink(directory.resolve("circle"), Path.of("circle"));
        Files.createSymbolicLink(directory.resolve("project/hw1/list.c"), Path.of("../hw1/main.c"));

        assertThat(files.resolve(path("work/hw1/main.c"))).isEqualTo(path("project/hw1/main.c"));
        assertThat(files.resolve(path("absolute/main.c"))).isEqualTo(path("project/hw1/main.c"));
        assertThat(files.resolve(path("work/hw1/list.c"))).isEqualTo(path("project/hw1/main.c"));
        assertThat(files.resolve(path("work/hw1/missing.c"))).isEqualTo(path("project/hw1/missing.c"));
        assertThat(files.resolve(path("work/missing/a.c"))).isEqualTo(path("work/missing/a.c"));
        assertThat(files.resolve(path("circle"))).isEqualTo(path("circle"));
        assertThat(files.resolve(ContainerPath.of("/"))).isEqualTo(ContainerPath.of("/"));
    }

    @Test
    void entry_isResolvedByItsDirectoryAlone() throws IOException {
        Files.createDirectories(directory.resolve("project"));
        write("project/main", "");
        Files.createSymbolicLink(directory.resolve("work"), Path.of("project"));
        Files.createSymbolicLink(directory.resolve("project/link"), Path.of("main"));

        assertThat(files.resolveEntry(path("work/link"))).isEqualTo(path("project/link"));
        assertThat(files.resolveEntry(path("work/new"))).isEqualTo(path("project/new"));
    }

    @Test
    void descriptorOfTheProcess_isResolvedToItsFile() throws IOException {
        write("script.py", "");
        try (var opened = Files.newInputStream(directory.resolve("script.py"));
                var descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            assertThat(opened.available()).isZero();
            int descriptor = -1;
            for (Path candidate : descriptors) {
                if (Files.exists(candidate) && Files.isSameFile(candidate, directory.resolve("script.py"))) {
                    descriptor = Integer.parseInt(candidate.getFileName().toString());
                }
            }

            assertThat(files.resolve(ContainerPath.of("/dev/fd/" + descriptor))).isEqualTo(path("script.py"));
            assertThat(files.resolve(ContainerPath.of("/proc/self/fd/" + descriptor)))
                    .isEqualTo(path("script.py"));
        }
        assertThat(files.resolve(ContainerPath.of("/dev/fd/999999999")))
                .isEqualTo(ContainerPath.of("/dev/fd/999999999"));
    }

    @Test
    void linksToDirectories_areFound_andAChangeOfTheDirectoryIsSeen() throws IOException {
        Files.createDirectories(directory.resolve("assignment1"));
        Files.createDirectories(directory.resolve("hw2"));
        write("notes", "");
        Files.createSymbolicLink(directory.resolve("hw1"), Path.of("assignment1"));
        Files.createSymbolicLink(directory.resolve("hw3"), Path.of("notes"));
        Files.createSymbolicLink(directory.resolve("hw4"), Path.of("nowhere"));
        Files.createSymbolicLink(directory.resolve("other"), Path.of("assignment1"));
        Files.setLastModifiedTime(directory, FileTime.fromMillis(0));
        Optional<String> before = files.version(path("."));

        assertThat(files.linkedDirectories(path("."), name -> name.startsWith("hw")))
                .isEqualTo(Map.of("hw1", path("assignment1")));
        Files.createSymbolicLink(directory.resolve("hw5"), Path.of("assignment1"));
        assertThat(before).isPresent();
        assertThat(files.version(path("."))).isPresent().isNotEqualTo(before);
        assertThat(files.version(path("notes"))).isEmpty();
    }

    @Test
    void whatIsNoRegularFile_isNotOpened() throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        assertThat(files.isFile(path("fifo"))).isFalse();
        assertThat(files.read(path("fifo"))).isEmpty();
        assertThat(files.read(ContainerPath.of("/dev/zero"))).isEmpty();
        assertThat(files.read(path("."))).isEmpty();
    }

    @Test
    void fileOfTheKernel_isNotRead() {
        assertThat(files.read(ContainerPath.of("/proc/version"))).isEmpty();
        assertThat(files.read(ContainerPath.of("/sys/kernel/notes"))).isEmpty();
    }

    @Test
    void hugeFile_isNotRead() throws IOException {
        try (RandomAccessFile sparse =
                new RandomAccessFile(directory.resolve("huge").toFile(), "rw")) {
            sparse.setLength(1L << 40);
        }

        assertThat(files.isFile(path("huge"))).isTrue();
        assertThat(files.read(path("huge"))).isEmpty();
    }

    @Test
    void allFilesTogether_mayHaveAMebibyte() throws IOException {
        write("half", "x".repeat(1 << 19));
        write("more", "x");

        assertThat(files.read(path("half"))).isPresent();
        assertThat(files.read(path("half"))).isPresent();
        assertThat(files.read(path("more"))).isEmpty();
    }

    @Test
    void questions_haveAnEnd() throws IOException {
        write("options", "-Wall");

        assertThat(IntStream.range(0, 1000).filter(_ -> files.isFile(path("options"))))
                .hasSize(256);
    }

    @Test
    void nameThatNoFileCanHave_isNoFile() {
        assertThat(files.isFile(path("options\0behind"))).isFalse();
        assertThat(files.isFile(path("x".repeat(100_000)))).isFalse();
    }

    @Test
    void processThatHasEnded_letsNobodySee() throws IOException {
        write("options", "-Wall");
        ImageKey ended = new ImageKey(self().tgid(), self().startNanos() - NANOS_PER_TICK, 1);

        try (ProcessFiles its = new ProcessRoot().filesOf(exec(ended))) {
            assertThat(its.isFile(path("options"))).isFalse();
            assertThat(its.read(path("options"))).isEmpty();
        }
    }

    @Test
    void filesThatNobodyAskedFor_closeToo() {
        ProcessFiles unasked = new ProcessRoot().filesOf(exec(image(0)));

        assertThatCode(unasked::close).doesNotThrowAnyException();
        assertThat(unasked.isFile(path("."))).isFalse();
    }

    @Test
    void localFileSystems_areThoseThatAskNobody() {
        String mountinfo = """
                22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
                23 22 0:21 / /proc rw - proc proc rw
                40 22 0:30 / /mnt/nfs rw - nfs4 server:/ rw
                41 22 0:31 / /mnt/fuse rw - fuse.sshfs sshfs rw
                43 22 0:33 / /srv rw shared:7 - fuse.glusterfs server:/v rw
                42 22 0:32 / /var/lib/docker/overlay2/x/merged rw - overlay overlay rw,lowerdir=a - b
                """;

        assertThat(NodeMounts.parse(mountinfo))
                .isEqualTo(new NodeMounts(Set.of("254:0", "0:32"), Map.of("0:30", "/mnt/nfs", "0:33", "/srv")));
    }

    private ExecRecord exec(ImageKey image) {
        return ExecVariant.of(Classroom.exec(Classroom.HOSTNAME, image, "/usr/bin/gcc", "gcc"))
                .parent(Optional.empty())
                .cwd(ContainerPath.of(directory.toString()))
                .uid(uid())
                .exec();
    }

    private static int uid() {
        try {
            return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImageKey image(int tgid) {
        return new ImageKey(tgid, 0, 1);
    }

    private static ImageKey self() throws IOException {
        String stat = Files.readString(Path.of("/proc/self/stat"), US_ASCII);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return new ImageKey((int) ProcessHandle.current().pid(), Long.parseLong(fields[19]) * NANOS_PER_TICK, 1);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private ContainerPath path(String name) {
        return ContainerPath.of(directory.toString()).resolve(name);
    }
}
