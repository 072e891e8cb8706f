package io.procmon.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.ffi.Libc;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The file systems that answer from this machine's disks and memory. */
final class LocalFileSystems {

    /**
     * A line of proc_pid_mountinfo(5): its third field is the device, the type comes behind a dash. Students can mount
     * some of these types, too, where they may make namespaces of users: but not in sight of the node's first process.
     *
     * <p>Not among them: btrfs, whose files are on another device for stat(2) than in this table, so that what students
     * have in an {@code @file} there is not read; and a tmpfs that only a container has mounted.
     */
    private static final Pattern MOUNT = Pattern.compile(
            "^\\d+ \\d+ (\\d+:\\d+) .* - (?:ext[234]|xfs|f2fs|zfs|bcachefs|overlay|tmpfs) .*$", Pattern.MULTILINE);

    /** Some 200 bytes a mount, and a container has a handful. */
    private static final int MOUNTS_MAX = 1 << 20;

    private LocalFileSystems() {}

    /** The devices of those that the node has mounted now: a number may be another one's tomorrow. */
    static Set<String> devices(FileCalls calls) {
        return mounts(calls, "1")
                .or(() -> mounts(calls, "self"))
                .map(LocalFileSystems::devices)
                .orElse(Set.of());
    }

    static Set<String> devices(String mountinfo) {
        return MOUNT.matcher(mountinfo).results().map(mount -> mount.group(1)).collect(Collectors.toSet());
    }

    private static Optional<String> mounts(FileCalls calls, String process) {
        return calls.read(Libc.AT_FDCWD, "/proc/" + process + "/mountinfo", MOUNTS_MAX)
                .map(text -> new String(text, UTF_8));
    }
}
