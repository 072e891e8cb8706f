package io.procmon.bpf;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The files that a process can see, while its command line is read.
 *
 * <p>The student chooses what is asked, and may have made the file system that answers. So the answers come from the
 * kernel's memory. Beyond it, a look goes on only below the working directory, only within one file system, and only if
 * this is one of the node's own; so does every read, and of regular files alone. A FIFO, a device, a file system in user
 * space are never opened: what waits for them cannot even be killed. Neither the number of questions nor of bytes is the
 * student's to choose.
 */
final class SeenFiles implements ProcessFiles {

    /** A class path or a dotted name has a handful of parts. */
    private static final int QUESTIONS_MAX = 256;

    /** All that one command line can have behind at signs; a build system's files have some thousand bytes. */
    private static final int BYTES_MAX = 1 << 20;

    private static final int WITHIN_ONE_FILE_SYSTEM =
            Libc.RESOLVE_BENEATH | Libc.RESOLVE_NO_XDEV | Libc.RESOLVE_NO_MAGICLINKS;

    private final FileCalls calls;
    private final Supplier<OptionalInt> opener;
    private final ContainerPath cwd;
    private OptionalInt root = OptionalInt.empty();
    private Optional<Set<String>> localDevices = Optional.empty();
    private int questionsLeft = QUESTIONS_MAX;
    private int bytesLeft = BYTES_MAX;

    /**
     * Opens nothing yet.
     *
     * @param opener of the root directory
     * @param cwd the working directory of the process
     */
    SeenFiles(FileCalls calls, Supplier<OptionalInt> opener, ContainerPath cwd) {
        this.calls = calls;
        this.opener = opener;
        this.cwd = cwd;
    }

    @Override
    public boolean isFile(ContainerPath path) {
        return status(path).filter(FileStatus::isRegular).isPresent();
    }

    @Override
    public boolean isDirectory(ContainerPath path) {
        return status(path).filter(FileStatus::isDirectory).isPresent();
    }

    @Override
    public Optional<String> read(ContainerPath path) {
        return ask(
                path,
                (file, status) -> status.isRegular() && status.size() <= bytesLeft && isLocal(status)
                        ? text(file, (int) status.size())
                        : Optional.empty());
    }

    @Override
    public OptionalLong size(ContainerPath path) {
        return status(path)
                .filter(FileStatus::isRegular)
                .map(status -> OptionalLong.of(status.size()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public void close() {
        root.ifPresent(calls::close);
        root = OptionalInt.empty();
        questionsLeft = 0;
    }

    private Optional<FileStatus> status(ContainerPath path) {
        return ask(path, (_, status) -> Optional.of(status));
    }

    /** The name in /proc leads to the very file that was looked at. */
    private Optional<String> text(int file, int size) {
        bytesLeft -= size;
        return calls.read(Libc.AT_FDCWD, "/proc/self/fd/" + file, size).map(bytes -> new String(bytes, UTF_8));
    }

    private <T> Optional<T> ask(ContainerPath path, Answer<T> answer) {
        return calls.within(lookUp(path), file -> calls.status(file).flatMap(status -> answer.of(file, status)));
    }

    private OptionalInt lookUp(ContainerPath path) {
        if (questionsLeft == QUESTIONS_MAX) {
            root = opener.get();
        }
        if (questionsLeft == 0 || root.isEmpty()) {
            return OptionalInt.empty();
        }
        questionsLeft--;
        OptionalInt known = calls.lookUp(root.getAsInt(), path.value(), ProcessRoot.IN_ROOT_AT_ONCE);
        return known.isEmpty() && calls.wouldHaveToWait() && path.isWithin(cwd)
                ? lookUpFromCwd(path.value().substring(cwd.value().length()))
                : known;
    }

    /** The working directory itself is in memory as long as somebody is in it. */
    private OptionalInt lookUpFromCwd(String below) {
        return calls.within(
                        calls.lookUp(root.getAsInt(), cwd.value(), ProcessRoot.IN_ROOT_AT_ONCE),
                        directory -> calls.status(directory)
                                .filter(this::isLocal)
                                .map(_ -> calls.lookUp(directory, "." + below, WITHIN_ONE_FILE_SYSTEM)))
                .orElse(OptionalInt.empty());
    }

    private boolean isLocal(FileStatus status) {
        if (localDevices.isEmpty()) {
            localDevices = Optional.of(LocalFileSystems.devices(calls));
        }
        return localDevices.get().contains(status.device());
    }

    /** What is asked of a file that was found. */
    @FunctionalInterface
    private interface Answer<T> {
        Optional<T> of(int file, FileStatus status);
    }
}
