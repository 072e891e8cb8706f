package io.procmon.source;

import io.procmon.bpf.CaptureCounters;
import io.procmon.bpf.KernelCounters;
import io.procmon.bpf.Throttle;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Where the records of the stream come from: the kernel, or a recording. */
public interface RecordSource {

    /**
     * The records, in the order in which they happened; only an exit that found the ring full comes later. Watching begins
     * with the subscription. The stream completes after {@link #stop}, and fails only if watching cannot go on. Only one
     * subscription is served.
     */
    Multi<KernelRecord> records();

    /** Completes once the source is at work, with a line that says what it watches; or fails with the reason. */
    CompletionStage<String> started();

    /** Whether the records come from the kernel of this machine, now. */
    default boolean isLive() {
        return false;
    }

    /** Whether so many records wait to be taken that they may soon have no room; for any thread. */
    default boolean isBehind() {
        return false;
    }

    /** Ends the watching; what was seen is still delivered. */
    void stop();

    /** Containers that start more programs than they may, as it begins and as it ends. */
    default Multi<Throttle> throttles() {
        return Multi.createFrom().empty();
    }

    /** Keeps what an image writes to standard error. For any thread; a source without texts ignores it. */
    default void permitText(ImageKey image) {}

    /** Says that an image whose text was kept has ended. */
    default void releaseText(ImageKey image) {}

    /** What the capture of standard error has counted. */
    default CaptureCounters captured() {
        return CaptureCounters.NONE;
    }

    /** How long ago the source last showed a sign of life. */
    Duration sinceHeartbeat();

    /** What the source has counted. */
    KernelCounters counters();
}
