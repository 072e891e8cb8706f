package io.procmon.procfs;

import io.procmon.ffi.Libc;
import io.procmon.process.ContainerPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Resolves a path as the process itself would: from its root directory, name by name, through its links, and only
 * through directories that the process may search.
 *
 * <p>Each name is opened relative to the descriptor of the directory whose permissions were checked. So no process can
 * exchange a directory between the check and the look-up. After a name with two dots, the resolution starts again from
 * the root, because the parent of a moved directory could be outside of the container.
 */
final class PathResolution {

    /**
     * The limit of steps. A class path in a project takes about a hundred; a student's directory can be 2,000 levels
     * deep.
     */
    private static final int STEPS_MAX = 4096;

    /** The limit of links, which is that of the kernel: MAXSYMLINKS, include/linux/namei.h. */
    private static final int LINKS_MAX = 40;

    /** Flags to open one name from the kernel's memory. */
    private static final int AT_ONCE = Libc.RESOLVE_BENEATH | Libc.RESOLVE_NO_MAGICLINKS | Libc.RESOLVE_CACHED;

    /** Flags to open one name from the disk of the same file system. */
    private static final int ON_DISK = Libc.RESOLVE_BENEATH | Libc.RESOLVE_NO_MAGICLINKS | Libc.RESOLVE_NO_XDEV;

    private static final ContainerPath ROOT = ContainerPath.of("/");

    /** The suffix of a file that was removed: d_path() in fs/d_path.c. */
    private static final String DELETED = " (deleted)";

    private final FileCalls calls;
    private final Disks disks;
    private int stepsLeft = STEPS_MAX;

    /**
     * The view of a process.
     *
     * @param root a descriptor of its root directory
     * @param credentials its credentials
     */
    record View(int root, ProcessCredentials credentials) {}

    /**
     * A file that was found.
     *
     * @param descriptor a descriptor with O_PATH, which the caller closes
     * @param status the status of this file
     * @param path the path of this file without symbolic links
     */
    record Found(int descriptor, FileStatus status, ContainerPath path) {}

    /** @param disks decides which file systems may be read from disk */
    PathResolution(FileCalls calls, Disks disks) {
        this.calls = calls;
        this.disks = disks;
    }

    /**
     * Finds the file at a path.
     *
     * @param mayWait whether names may be read from the disk
     */
    Optional<Found> find(View view, ContainerPath path, boolean mayWait) {
        Deque<String> names = new ArrayDeque<>(path.components());
        List<String> passed = new ArrayList<>();
        int links = 0;
        Optional<Found> at = root(view);
        while (at.isPresent() && !names.isEmpty() && stepsLeft > 0) {
            stepsLeft--;
            String name = names.poll();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                if (!passed.isEmpty()) {
                    passed.removeLast();
                }
                at = startAgain(view, at.get(), passed, names);
                continue;
            }
            Found directory = at.get();
            at = step(view, directory, name, mayWait);
            if (at.isPresent() && at.get().status().isLink()) {
                Optional<String> target = links++ < LINKS_MAX ? target(view, at.get()) : Optional.empty();
                calls.close(at.get().descriptor());
                at = target.flatMap(text -> {
                    if (text.startsWith("/")) {
                        passed.clear();
                    }
                    Arrays.asList(text.split("/", -1)).reversed().forEach(names::addFirst);
                    return startAgain(view, directory, passed, names);
                });
                if (at.isEmpty() && target.isEmpty()) {
                    calls.close(directory.descriptor());
                }
            } else {
                calls.close(directory.descriptor());
                passed.add(name);
            }
        }
        if (!names.isEmpty()) {
            at.map(Found::descriptor).ifPresent(calls::close);
            return Optional.empty();
        }
        return at;
    }

    /** Whether a process may read a file that was found. */
    boolean mayRead(View view, Found file) {
        return view.credentials().mayRead(file.status(), () -> hasAcl(file));
    }

    private Optional<Found> startAgain(View view, Found at, List<String> passed, Deque<String> names) {
        calls.close(at.descriptor());
        passed.reversed().forEach(names::addFirst);
        passed.clear();
        return root(view);
    }

    private Optional<Found> root(View view) {
        return found(calls, calls.directory(view.root(), "."), ROOT);
    }

    private Optional<Found> step(View view, Found directory, String name, boolean mayWait) {
        if (!view.credentials().maySearch(directory.status(), () -> hasAcl(directory))) {
            return Optional.empty();
        }
        ContainerPath path = directory.path().resolve(name);
        int parent = directory.descriptor();
        OptionalInt next = calls.lookUpWithoutFollowing(parent, name, AT_ONCE);
        if (next.isEmpty() && calls.wouldHaveToWait() && mayWait) {
            return disks.ask(
                    directory.status(),
                    parent,
                    its -> found(its, its.lookUpWithoutFollowing(parent, name, ON_DISK), path),
                    (its, late) -> its.close(late.descriptor()));
        }
        return found(calls, next, path);
    }

    private static Optional<Found> found(FileCalls calls, OptionalInt descriptor, ContainerPath path) {
        if (descriptor.isEmpty()) {
            return Optional.empty();
        }
        Optional<Found> found =
                calls.status(descriptor.getAsInt()).map(it -> new Found(descriptor.getAsInt(), it, path));
        if (found.isEmpty()) {
            calls.close(descriptor.getAsInt());
        }
        return found;
    }

    /**
     * The target of a link. On a file system that procmon must not call, only the kernel's cache is used, because
     * reading the link could block.
     */
    private Optional<String> target(View view, Found link) {
        return disks.reach(link.status())
                ? disks.ask(link.status(), link.descriptor(), its -> its.target(link.descriptor()))
                : calls.within(
                                calls.lookUp(view.root(), link.path().value(), ProcessRoot.IN_ROOT_AT_ONCE),
                                file -> calls.target(Libc.AT_FDCWD, "/proc/self/fd/" + file))
                        .flatMap(name -> inContainer(view, name))
                        .map(ContainerPath::value);
    }

    /**
     * The path in the container of a file that the kernel has named in /proc. Such a name starts at the root of the
     * file's mount namespace, or at procmon's own root directory if that is above.
     *
     * @return empty if the file is outside of the container, or its name was removed
     */
    Optional<ContainerPath> inContainer(View view, String name) {
        Optional<String> root = calls.target(Libc.AT_FDCWD, "/proc/self/fd/" + view.root());
        if (root.isEmpty() || !name.startsWith("/") || name.endsWith(DELETED)) {
            return Optional.empty();
        }
        String prefix = root.get().equals("/") ? "" : root.get();
        return name.equals(prefix) || name.startsWith(prefix + "/")
                ? Optional.of(ContainerPath.of("/" + name.substring(prefix.length())))
                : Optional.empty();
    }

    /**
     * Whether a file has an access control list. A file system that procmon must not call is treated as one without
     * access control lists. If a file system does not answer, the file is treated as if it had an access control list.
     */
    private boolean hasAcl(Found file) {
        return disks.reach(file.status())
                && disks.ask(file.status(), file.descriptor(), its -> Optional.of(its.hasAcl(file.descriptor())))
                        .orElse(true);
    }
}
