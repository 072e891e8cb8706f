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
 * The file systems that the node has mounted, by their devices as mountinfo writes them. A student's own mounts are not
 * visible to the first process of the node, so they are not included.
 *
 * <p>Three more kinds are not included. Files of btrfs have another device in stat(2) than in this table, so argument
 * files on btrfs are not read. A tmpfs may be mounted in a container only. FUSE is included only for network clients.
 *
 * @param local the file systems on disks and memory of this machine
 * @param network the file systems of other machines, which may not answer, each with a directory where it is mounted
 */
record NodeMounts(Set<String> local, Map<String, String> network) {

    /** No file systems. */
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
     * A line of proc_pid_mountinfo(5): the third field is the device, the fifth the directory; the type follows a dash.
     */
    private static final Pattern MOUNT =
            Pattern.compile("^\\d+ \\d+ (\\d+:\\d+) \\S+ (\\S+) .* - (\\S+) .*$", Pattern.MULTILINE);

    /** The limit in bytes. A mount takes about 200 bytes, and a container has a few mounts. */
    private static final int MOUNTS_MAX = 1 << 20;

    /** Reads the mounts of the node. They are read each time, because the number of a device can be reused. */
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
