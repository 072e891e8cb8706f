package io.procmon.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * The identity of a process image, which one exec began. It is unique within one boot: a reused pid has another start
 * time, and a second exec of the same process has another number.
 *
 * @param tgid the process id in the initial pid namespace
 * @param startNanos time of the fork, in nanoseconds of the boot clock
 * @param execId number of execs of the process and its ancestors ({@code task_struct.self_exec_id})
 */
public record ImageKey(int tgid, long startNanos, int execId) {

    /**
     * A UUID of the image, derived from the image, the node's boot and {@code kind}. Equal inputs give an equal UUID.
     */
    public UUID id(Node node, String kind) {
        String name = node.bootId() + '/' + tgid + '/' + startNanos + '/' + execId + '/' + kind;
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    /** Whether both images belong to the same process. */
    public boolean isSameProcess(ImageKey other) {
        return tgid == other.tgid && startNanos == other.startNanos;
    }

    // Written out, because images are keys of many maps: C1 calls several methods for each component otherwise.
    @Override
    public boolean equals(Object other) {
        return other instanceof ImageKey image
                && tgid == image.tgid
                && startNanos == image.startNanos
                && execId == image.execId;
    }

    @Override
    public int hashCode() {
        return 31 * (31 * tgid + Long.hashCode(startNanos)) + execId;
    }
}
