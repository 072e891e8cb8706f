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
 * Finds a file as a process itself would find it: from its root directory, name by name, through its links, and only
 * through directories that it may search.
 *
 * <p>Each name is opened from the descriptor of the directory whose permissions were checked, so that nobody can exchange
 * a directory between the check and the look. A name with two dots starts again from the root: the parent of a
 * directory that somebody moves could lie outside of the container.
 */
final class PathResolution {

    /** A class path in a project takes some hundred; a student's directory can be 2,000 names deep. */
    private static final int STEPS_MAX = 4096;

    /** As many as the kernel follows: MAXSYMLINKS, include/linux/namei.h. */
    private static final int LINKS_MAX = 40;

    /** One name, in the kernel's memory. */
    private static final int AT_ONCE = Libc.RESOLVE_BENEATH | Libc.RESOLVE_NO_MAGICLINKS | Libc.RESOLVE_CACHED;

    /** One name, on the disk of the same file system. */
    private static final int ON_DISK = Libc.RESOLVE_BENEATH | Libc.RESOLVE_NO_MAGICLINKS | Libc.RESOLVE_NO_XDEV;

    private static final ContainerPath ROOT = ContainerPath.of("/");

    /** Behind the name of a file that was removed: d_path() in fs/d_path.c. */
    private static final String DELETED = " (deleted)";

    private final FileCalls calls;
    private final Disks disks;
    private int stepsLeft = STEPS_MAX;

    /**
     * The eyes of a process.
     *
     * @param root a descriptor of its root directory
     * @param credentials with which it looks
     */
    record View(int root, ProcessCredentials credentials) {}

    /**
     * A file that was found.
     *
     * @param descriptor of O_PATH; whoever asked closes it
     * @param status of this very file
     * @param path of this very file, without symbolic links
     */
    record Found(int descriptor, FileStatus status, ContainerPath path) {}

    /** @param disks may be asked for what is not in the kernel's memory */
    PathResolution(FileCalls calls, Disks disks) {
        this.calls = calls;
        this.disks = disks;
    }

    /**
     * The file to which a path leads.
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

    /** Reading a link on a file system that must not be asked could block, so there the kernel's memory has to answer. */
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
     * The path of a file that the kernel has named in /proc: from the root of the file's mount namespace, or from
     * procmon's own root directory if that is above. The root directory of the process is named in the same way.
     *
     * @return empty if it is no file of the container, or has no name any more
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

    /** A file system that must not be asked has none. Of one that does not answer, the worst is assumed. */
    private boolean hasAcl(Found file) {
        return disks.reach(file.status())
                && disks.ask(file.status(), file.descriptor(), its -> Optional.of(its.hasAcl(file.descriptor())))
                        .orElse(true);
    }
}
