package io.procmon.procfs;

import io.procmon.ffi.Libc;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import io.procmon.process.RawText;
import io.procmon.procfs.PathResolution.Found;
import io.procmon.procfs.PathResolution.View;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a process can see, while its command line is read. procmon may read more than the process. So it
 * answers only what the process could find out itself: it checks the permissions of the file and of all directories on
 * the way.
 *
 * <p>The student chooses the questions, and may have made the file system that answers. So the answers come from the
 * kernel's caches. Beyond it, names are read from the disk only below the working directory, and only from file systems
 * of the node. Contents are read from regular files on such file systems only. Calls to a network file system of the
 * node have a deadline: {@link NetworkMounts}. A FIFO, a device or a student's FUSE mount is never opened: a thread
 * that waits for it cannot be killed. The number of questions and of bytes has a limit.
 */
final class SeenFiles implements ProcessFiles {

    /** The limit of questions. A class path or a dotted name has a few parts. */
    private static final int QUESTIONS_MAX = 256;

    /**
     * The limit of bytes for all argument files of one command line. A build system's files have a few thousand bytes.
     */
    private static final int BYTES_MAX = 1 << 20;

    /** A file that the process has open. /proc/self would be the directory of procmon itself. */
    private static final Pattern DESCRIPTOR =
            Pattern.compile("/(?:dev/fd|proc/self/fd|proc/thread-self/fd)/([0-9]{1,9})|/dev/stdin");

    /** The directories of the process itself: proc_pid_cwd(5), proc_pid_root(5). */
    private static final Pattern OWN_DIRECTORY =
            Pattern.compile("/proc/(?:self|thread-self)/(cwd|root)(/.*)?", Pattern.DOTALL);

    private final FileCalls calls;
    private final Supplier<Optional<View>> opener;
    private final IntFunction<Optional<String>> descriptors;
    private final ContainerPath cwd;
    private final Disks disks;
    private final PathResolution paths;
    private final Map<ContainerPath, ContainerPath> directories = new HashMap<>();
    private boolean opened;
    private Optional<View> view = Optional.empty();
    private int questionsLeft = QUESTIONS_MAX;
    private int resolutionsLeft = QUESTIONS_MAX;
    private int bytesLeft = BYTES_MAX;

    /**
     * Creates the files; none is opened yet.
     *
     * @param opener opens the root directory, with the credentials that count
     * @param descriptors the names of the files that the process has open
     * @param cwd the working directory of the process
     */
    SeenFiles(
            FileCalls calls,
            Disks disks,
            Supplier<Optional<View>> opener,
            IntFunction<Optional<String>> descriptors,
            ContainerPath cwd) {
        this.descriptors = descriptors;
        this.calls = calls;
        this.opener = opener;
        this.cwd = cwd;
        this.disks = disks;
        this.paths = new PathResolution(calls, disks);
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
                file -> isReadable(file) && file.status().size() <= bytesLeft && disks.reach(file.status())
                        ? text(file)
                        : Optional.empty());
    }

    @Override
    public OptionalLong size(ContainerPath path) {
        return ask(path, file -> isReadable(file) ? Optional.of(file.status().size()) : Optional.empty())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public ContainerPath resolve(ContainerPath path) {
        Matcher descriptor = DESCRIPTOR.matcher(path.value());
        if (descriptor.matches()) {
            int number = descriptor.group(1) == null ? 0 : Integer.parseInt(descriptor.group(1));
            return openView()
                    .flatMap(known -> descriptors.apply(number).flatMap(name -> paths.inContainer(known, name)))
                    .orElse(path);
        }
        return find(path, file -> Optional.of(file.path())).orElseGet(() -> resolveEntry(path));
    }

    /** The path as procmon can look it up: {@code /proc/self} would be the directory of procmon itself. */
    private ContainerPath own(ContainerPath path) {
        Matcher directory = OWN_DIRECTORY.matcher(path.value());
        if (!directory.matches()) {
            return path;
        }
        String below = directory.group(2) == null ? "" : directory.group(2);
        return directory.group(1).equals("root")
                ? ContainerPath.of("/" + below)
                : ContainerPath.of(cwd.value() + below);
    }

    @Override
    public ContainerPath resolveEntry(ContainerPath named) {
        ContainerPath path = own(named);
        ContainerPath parent = path.parent();
        ContainerPath directory = directories.get(parent);
        if (directory == null) {
            directory = find(parent, file -> Optional.of(file.path())).orElse(parent);
            directories.put(parent, directory);
        }
        return directory.resolve(path.fileName());
    }

    @Override
    public Optional<String> version(ContainerPath directory) {
        return find(
                directory,
                file -> Optional.of(file.status())
                        .filter(FileStatus::isDirectory)
                        .map(FileStatus::toString));
    }

    @Override
    public Map<String, ContainerPath> linkedDirectories(ContainerPath directory, Predicate<String> names) {
        Map<String, ContainerPath> targets = new HashMap<>();
        for (String name : entries(directory)) {
            if (names.test(name)) {
                ContainerPath entry = directory.resolve(name);
                find(entry, file -> file.status().isDirectory() ? Optional.of(file.path()) : Optional.empty())
                        .filter(target -> !target.equals(entry))
                        .ifPresent(target -> targets.put(name, target));
            }
        }
        return targets;
    }

    /**
     * The entries of a directory that the process may read, on a file system of the node. Reading another file system
     * could block without end.
     */
    private List<String> entries(ContainerPath directory) {
        return this.<List<String>>find(
                        directory,
                        file -> file.status().isDirectory()
                                        && disks.reach(file.status())
                                        && paths.mayRead(view.orElseThrow(), file)
                                ? disks.ask(file.status(), file.descriptor(), its -> its.entries(file.descriptor()))
                                : Optional.empty())
                .orElse(List.of());
    }

    /**
     * Finds a file. Every file of a command is resolved, so look-ups are counted separately from the questions of a
     * parser.
     */
    private <T> Optional<T> find(ContainerPath path, Function<Found, Optional<T>> answer) {
        if (resolutionsLeft == 0 || path.value().indexOf('\0') >= 0) {
            return Optional.empty();
        }
        resolutionsLeft--;
        return openView().flatMap(known -> answer(known, path, answer));
    }

    private Optional<View> openView() {
        if (!opened) {
            opened = true;
            view = opener.get();
        }
        return view;
    }

    @Override
    public void close() {
        view.map(View::root).ifPresent(calls::close);
        view = Optional.empty();
        opened = true;
        questionsLeft = 0;
    }

    private Optional<FileStatus> status(ContainerPath path) {
        return ask(path, file -> Optional.of(file.status()));
    }

    /** The text of a file. It is opened by its name in /proc, which leads to exactly the file that was checked. */
    private Optional<String> text(Found file) {
        int size = (int) file.status().size();
        bytesLeft -= size;
        String name = "/proc/self/fd/" + file.descriptor();
        return disks.ask(file.status(), file.descriptor(), its -> its.read(Libc.AT_FDCWD, name, size))
                .map(RawText::decode);
    }

    private boolean isReadable(Found file) {
        return file.status().isRegular() && paths.mayRead(view.orElseThrow(), file);
    }

    private <T> Optional<T> ask(ContainerPath path, Function<Found, Optional<T>> answer) {
        if (questionsLeft == 0 || openView().isEmpty()) {
            return Optional.empty();
        }
        questionsLeft--;
        return answer(view.get(), path, answer);
    }

    private <T> Optional<T> answer(View known, ContainerPath named, Function<Found, Optional<T>> answer) {
        ContainerPath path = own(named);
        Optional<Found> found = paths.find(known, path, path.isWithin(cwd));
        try {
            return found.flatMap(answer);
        } finally {
            found.map(Found::descriptor).ifPresent(calls::close);
        }
    }
}
