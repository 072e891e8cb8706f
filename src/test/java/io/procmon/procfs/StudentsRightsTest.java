package io.procmon.procfs;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.events.ExecRecord;
import io.procmon.events.ImageKey;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** procmon is root, the process is not: procmon reads what the process could read. */
class StudentsRightsTest {

    private static final int STUDENT = 54_321;
    private static final int GROUP = 54_322;
    private static final long NANOS_PER_TICK = 10_000_000;

    @TempDir
    Path directory;

    private Process process;
    private ProcessFiles files;

    @BeforeEach
    void start() throws IOException {
        assumeTrue("root".equals(System.getProperty("user.name")), "only root starts processes of other users");
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv starts them");
        mode(directory, "rwxr-xr-x");
        process = new ProcessBuilder(
                        "/usr/bin/setpriv",
                        "--reuid=" + STUDENT,
                        "--regid=" + STUDENT,
                        "--groups=" + GROUP,
                        "sh",
                        "-c",
                        "echo ready; read wait")
                .start();
        BufferedReader output = process.inputReader();
        assertThat(output.readLine()).isEqualTo("ready");
        files = new ProcessRoot().filesOf(exec());
    }

    @AfterEach
    void end() {
        if (process != null) {
            files.close();
            process.destroyForcibly();
        }
    }

    @Test
    void fileOfRootAlone_isNotRead() throws IOException {
        Path secret = write("secret", "root-only", "rw-------");
        Files.createSymbolicLink(directory.resolve("link"), secret);
        Files.createSymbolicLink(directory.resolve("shadow"), Path.of("/etc/shadow"));

        assertThat(files.read(path("secret"))).isEmpty();
        assertThat(files.read(path("link"))).isEmpty();
        assertThat(files.read(path("shadow"))).isEmpty();
        assertThat(files.read(ContainerPath.of("/etc/shadow"))).isEmpty();
        assertThat(files.size(path("secret"))).isEmpty();
        assertThat(files.size(path("link"))).isEmpty();
    }

    @Test
    void fileForAll_isRead() throws IOException {
        write("options", "-Wall", "rw-r--r--");

        assertThat(files.read(path("options"))).contains("-Wall");
        assertThat(files.size(path("options"))).hasValue(5);
    }

    @Test
    void ownFileAndFileOfAGroup_areRead() throws IOException {
        owned("own", STUDENT, 0, "rw-------");
        owned("group", 0, GROUP, "rw-r-----");
        owned("other-group", 0, GROUP + 1, "rw-r-----");
        owned("unreadable", STUDENT, 0, "-wx------");

        assertThat(files.read(path("own"))).isPresent();
        assertThat(files.read(path("group"))).isPresent();
        assertThat(files.read(path("other-group"))).isEmpty();
        assertThat(files.read(path("unreadable"))).isEmpty();
    }

    @Test
    void directoryThatItMayNotSearch_hidesItsFiles() throws IOException {
        Path closed = Files.createDirectory(directory.resolve("closed"));
        write("closed/options", "-Wall", "rw-r--r--");
        Files.createSymbolicLink(directory.resolve("in"), Path.of("closed/options"));
        mode(closed, "rwx------");

        assertThat(files.isFile(path("closed/options"))).isFalse();
        assertThat(files.read(path("closed/options"))).isEmpty();
        assertThat(files.read(path("in"))).isEmpty();
        assertThat(files.isDirectory(path("closed"))).isTrue();
    }

    @Test
    void processOfAnotherUserThanItsExec_givesNobodyItsRights() throws IOException {
        owned("own", STUDENT, 0, "rw-------");
        write("options", "-Wall", "rw-r--r--");
        try (ProcessFiles others = new ProcessRoot()
                .filesOf(ExecVariant.of(exec()).uid(STUDENT + 1).exec())) {

            assertThat(others.read(path("own"))).isEmpty();
            assertThat(others.read(path("options"))).isPresent();
        }
    }

    private void owned(String name, int uid, int gid, String permissions) throws IOException {
        Path file = write(name, "text", permissions);
        Files.setAttribute(file, "unix:uid", uid);
        Files.setAttribute(file, "unix:gid", gid);
    }

    private Path write(String name, String text, String permissions) throws IOException {
        return mode(Files.writeString(directory.resolve(name), text), permissions);
    }

    private static Path mode(Path file, String permissions) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private ExecRecord exec() throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"), US_ASCII);
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        ImageKey image = new ImageKey((int) process.pid(), Long.parseLong(fields[19]) * NANOS_PER_TICK, 1);
        return ExecVariant.of(Classroom.exec(Classroom.HOSTNAME, image, "/usr/bin/gcc", "gcc"))
                .parent(Optional.empty())
                .cwd(ContainerPath.of(directory.toString()))
                .uid(STUDENT)
                .exec();
    }

    private ContainerPath path(String name) {
        return ContainerPath.of(directory.toString()).resolve(name);
    }
}
