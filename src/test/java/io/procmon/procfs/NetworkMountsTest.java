package io.procmon.procfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.ffi.Libc;
import io.procmon.process.ContainerPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A frozen server is a call that does not return before the test permits it. */
class NetworkMountsTest {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration LATE = Duration.ofMinutes(5);

    @TempDir
    Path directory;

    private final AtomicLong now = new AtomicLong();
    private final NetworkMounts mounts = new NetworkMounts(now::get, SOON);
    private final FileCalls calls = new FileCalls(mounts);
    private final CountDownLatch thaw = new CountDownLatch(1);
    private final CountDownLatch back = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    @AfterEach
    void thaw() {
        thaw.countDown();
    }

    @Test
    void serverAnswers_answerIsHanded() {
        assertThat(new NetworkMounts(now::get, LATE)
                        .ask("0:30", NetworkMounts.NO_DESCRIPTOR, _ -> Optional.of("yes"), (_, _) -> {}))
                .contains("yes");
    }

    @Test
    void frozenServer_isGivenUp_andLeftAloneUntilItsQuestionIsBack() {
        assertThat(askFrozen(NetworkMounts.NO_DESCRIPTOR)).isEmpty();
        now.addAndGet(MINUTE);

        assertThat(mounts.ask("0:30", NetworkMounts.NO_DESCRIPTOR, this::count, (_, _) -> {}))
                .isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void frozenServer_delaysNoOtherMount() {
        askFrozen(NetworkMounts.NO_DESCRIPTOR);

        mounts.ask("0:31", NetworkMounts.NO_DESCRIPTOR, this::count, (_, _) -> {});

        while (asked.get() == 0) {
            Thread.onSpinWait();
        }
        assertThat(asked).hasValue(1);
    }

    @Test
    void answerThatComesTooLate_isDiscarded_andTheMountRestsForAWhile() throws InterruptedException {
        List<String> discarded = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        mounts.ask("0:30", NetworkMounts.NO_DESCRIPTOR, _ -> frozen(), (_, answer) -> {
            discarded.add(answer);
            done.countDown();
        });
        thaw.countDown();
        done.await();

        assertThat(discarded).containsExactly("late");
        assertThat(mounts.ask("0:30", NetworkMounts.NO_DESCRIPTOR, this::count, (_, _) -> {}))
                .isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void descriptorOfALateQuestion_staysOpenUntilItIsBack() throws Exception {
        int descriptor = calls.directory(Libc.AT_FDCWD, directory.toString()).orElseThrow();
        askFrozen(descriptor);

        calls.close(descriptor);

        assertThat(isOpen(descriptor)).isTrue();
        thaw.countDown();
        back.await();
        while (isOpen(descriptor)) {
            Thread.onSpinWait();
        }
        assertThat(mounts.keepsOpen(descriptor)).isFalse();
    }

    @Test
    void descriptorOfAQuestionThatWasAnswered_isClosedAtOnce() throws IOException {
        int descriptor = calls.directory(Libc.AT_FDCWD, directory.toString()).orElseThrow();
        new NetworkMounts(now::get, LATE).ask("0:30", descriptor, this::count, (_, _) -> {});

        calls.close(descriptor);

        assertThat(isOpen(descriptor)).isFalse();
    }

    /** The caller continues when it has the answer. The thread of the mount may not have returned yet. */
    @Test
    void nextQuestion_isAskedAtOnce() {
        NetworkMounts patient = new NetworkMounts(System::nanoTime, LATE);

        for (int i = 0; i < 20_000; i++) {
            assertThat(patient.ask("0:30", NetworkMounts.NO_DESCRIPTOR, this::count, (_, _) -> {}))
                    .as("question %d", i)
                    .isPresent();
        }
    }

    /** All files of this directory count as files of a network file system. */
    @Test
    void filesOfANetworkFileSystem_areRead() throws IOException {
        Files.writeString(directory.resolve("options"), "-Wall");
        Files.createSymbolicLink(directory.resolve("link"), Path.of("options"));
        int root = calls.directory(Libc.AT_FDCWD, "/").orElseThrow();
        int uid = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        String device = calls.within(calls.directory(Libc.AT_FDCWD, directory.toString()), calls::status)
                .orElseThrow()
                .device();
        NetworkMounts patient = new NetworkMounts(System::nanoTime, LATE);
        Disks disks = new Disks(calls, patient, () -> new NodeMounts(Set.of(), Map.of(device, "/")));
        var view = new PathResolution.View(root, new ProcessCredentials(uid, Optional.empty(), true));
        try (SeenFiles files = new SeenFiles(
                calls, disks, () -> Optional.of(view), _ -> Optional.empty(), ContainerPath.of(directory.toString()))) {
            ContainerPath at = ContainerPath.of(directory.toString());

            assertThat(files.read(at.resolve("options"))).contains("-Wall");
            assertThat(files.read(at.resolve("link"))).contains("-Wall");
            assertThat(files.linkedDirectories(at, _ -> true)).isEmpty();
            assertThat(files.resolve(at.resolve("link"))).isEqualTo(at.resolve("options"));
        }
    }

    private Optional<String> askFrozen(int descriptor) {
        return mounts.ask("0:30", descriptor, _ -> frozen(), (_, _) -> {});
    }

    private Optional<String> frozen() {
        try {
            thaw.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        back.countDown();
        return Optional.of("late");
    }

    private Optional<Integer> count(FileCalls its) {
        return Optional.of(asked.incrementAndGet());
    }

    /** After it is closed, another file can get its number. */
    private boolean isOpen(int descriptor) throws IOException {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        try {
            return Files.readSymbolicLink(link).equals(directory.toRealPath());
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
