package io.procmon.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * Identity of a process image: what one exec began. A pid that is used again has another start time, and another exec
 * of the same process has another number, so no two images of one boot are equal.
 *
 * @param tgid the process' id in the initial pid namespace
 * @param startNanos when the process was forked, in nanoseconds of the boot clock
 * @param execId how many execs the process and its ancestors had made ({@code task_struct.self_exec_id})
 */
public record ImageKey(int tgid, long startNanos, int execId) {

    /** The same for the same image, whoever asks; another one for every other, of any boot of any node. */
    public UUID id(Node node, String kind) {
        String name = node.bootId() + '/' + tgid + '/' + startNanos + '/' + execId + '/' + kind;
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }

    /** Whether both are images of one process. */
    public boolean isSameProcess(ImageKey other) {
        return tgid == other.tgid && startNanos == other.startNanos;
    }
}
