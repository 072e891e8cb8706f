package io.procmon.bpf;

/**
 * The counters of the capture since the start.
 *
 * @param texts processes that ended with a text
 * @param lostNoText first writes for which no text was free
 * @param lostContainerFull first writes of containers that had all the texts that one container may have
 * @param refused writes of programs that must not be captured
 * @param skipped calls of the hooks that the kernel skipped because a hook ran on the same processor
 */
public record CaptureCounters(long texts, long lostNoText, long lostContainerFull, long refused, long skipped) {

    /** The counters of a capture that is off. */
    public static final CaptureCounters NONE = new CaptureCounters(0, 0, 0, 0, 0);
}
