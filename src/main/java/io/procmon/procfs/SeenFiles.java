package io.procmon.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.procfs.PathResolution.Found;
import io.procmon.procfs.PathResolution.View;
import io.procmon.ffi.Libc;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The files that a process can see, while its command line is read. procmon may read more than the process. So it answers
 * only what the process could find out itself: it checks the permissions of the file and of all directories on the way.
 *
 * <p>The student chooses the questions, and may have made the file system that answers. So the answers come from the
 * kernel's memory. Beyond it, names are read from the disk only below the working directory, and only from file systems
 * of the node. Contents are read from regular files on such file systems only. A FIFO, a device or a FUSE mount is never
 * opened: a thread that waits for it cannot be killed. The number of questions and of bytes has a limit.
 */
final class SeenFiles implements ProcessFiles {

    /** A class path or a dotted name has a handful of parts. */
    private static final int QUESTIONS_MAX = 256;

    /** All that one command line can have behind at signs; a build system's files have some thousand bytes. */
    private static final int BYTES_MAX = 1 << 20;

    private final FileCalls calls;
    private final Supplier<Optional<View>> opener;
    private final ContainerPath cwd;
    private final PathResolution paths;
    private Optional<View> view = Optional.empty();
    private Optional<Set<String>> localDevices = Optional.empty();
    private int questionsLeft = QUESTIONS_MAX;
    private int bytesLeft = BYTES_MAX;

    /**
     * Opens nothing yet.
     *
     * @param opener of the root directory, with the credentials that count
     * @param cwd the working directory of the process
     */
    SeenFiles(FileCalls calls, Supplier<Optional<View>> opener, ContainerPath cwd) {
        this.calls = calls;
        this.opener = opener;
        this.cwd = cwd;
        this.paths = new PathResolution(calls, this::isLocal);
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
                file -> isReadable(file)
                                && file.status().size() <= bytesLeft
                                && isLocal(file.status())
                        ? text(file.descriptor(), (int) file.status().size())
                        : Optional.empty());
    }

    @Override
    public OptionalLong size(ContainerPath path) {
        return ask(path, file -> isReadable(file) ? Optional.of(file.status().size()) : Optional.empty())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public void close() {
        view.map(View::root).ifPresent(calls::close);
        view = Optional.empty();
        questionsLeft = 0;
    }

    private Optional<FileStatus> status(ContainerPath path) {
        return ask(path, file -> Optional.of(file.status()));
    }

    /** The name in /proc leads to the very file that was looked at. */
    private Optional<String> text(int file, int size) {
        bytesLeft -= size;
        return calls.read(Libc.AT_FDCWD, "/proc/self/fd/" + file, size).map(bytes -> new String(bytes, UTF_8));
    }

    private boolean isReadable(Found file) {
        return file.status().isRegular() && paths.mayRead(view.orElseThrow(), file);
    }

    private <T> Optional<T> ask(ContainerPath path, Function<Found, Optional<T>> answer) {
        if (questionsLeft == QUESTIONS_MAX) {
            view = opener.get();
        }
        if (questionsLeft == 0 || view.isEmpty()) {
            return Optional.empty();
        }
        questionsLeft--;
        Optional<Found> found = paths.find(view.get(), path, path.isWithin(cwd));
        try {
            return found.flatMap(answer);
        } finally {
            found.map(Found::descriptor).ifPresent(calls::close);
        }
    }

    private boolean isLocal(FileStatus status) {
        if (localDevices.isEmpty()) {
            localDevices = Optional.of(LocalFileSystems.devices(calls));
        }
        return localDevices.get().contains(status.device());
    }
}
