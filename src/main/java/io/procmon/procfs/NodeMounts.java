package io.procmon.procfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.ffi.Libc;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The file systems that the node has mounted, by their devices as mountinfo writes them. A student can mount file systems
 * too, but not in sight of the node's first process.
 *
 * <p>Not among them: btrfs, whose files are on another device for stat(2) than in this table, so that what students have in
 * an {@code @file} there is not read; a tmpfs that only a container has mounted; FUSE, but for clients of a network.
 *
 * @param local those that answer from this machine's disks and memory
 * @param network those that ask another machine, which may not answer, with a directory where each is mounted
 */
record NodeMounts(Set<String> local, Map<String, String> network) {

    /** What answers nothing. */
    static final NodeMounts NONE = new NodeMounts(Set.of(), Map.of());

    private static final Set<String> LOCAL =
            Set.of("ext2", "ext3", "ext4", "xfs", "f2fs", "zfs", "bcachefs", "overlay", "tmpfs");

    /** 9p and virtiofs ask the host of a virtual machine. */
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs4",
            "ceph",
            "cifs",
            "smb3",
            "lustre",
            "gpfs",
            "beegfs",
            "afs",
            "9p",
            "virtiofs",
            "fuse.glusterfs",
            "fuse.ceph-fuse",
            "fuse.mfs");

    /**
     * A line of proc_pid_mountinfo(5): its third field is the device, its fifth the directory, and the type comes behind
     * a dash.
     */
    private static final Pattern MOUNT =
            Pattern.compile("^\\d+ \\d+ (\\d+:\\d+) \\S+ (\\S+) .* - (\\S+) .*$", Pattern.MULTILINE);

    /** Some 200 bytes a mount, and a container has a handful. */
    private static final int MOUNTS_MAX = 1 << 20;

    /** Those that the node has mounted now: the number of a device may be another one's tomorrow. */
    static NodeMounts read(FileCalls calls) {
        return mounts(calls, "1")
                .or(() -> mounts(calls, "self"))
                .map(NodeMounts::parse)
                .orElse(NONE);
    }

    static NodeMounts parse(String mountinfo) {
        Map<String, String> network = new HashMap<>();
        Set<String> local = new HashSet<>();
        MOUNT.matcher(mountinfo).results().forEach(mount -> {
            if (LOCAL.contains(mount.group(3))) {
                local.add(mount.group(1));
            } else if (NETWORK.contains(mount.group(3))) {
                network.putIfAbsent(mount.group(1), mount.group(2));
            }
        });
        return new NodeMounts(Set.copyOf(local), Map.copyOf(network));
    }

    private static Optional<String> mounts(FileCalls calls, String process) {
        return calls.read(Libc.AT_FDCWD, "/proc/" + process + "/mountinfo", MOUNTS_MAX)
                .map(text -> new String(text, UTF_8));
    }
}
