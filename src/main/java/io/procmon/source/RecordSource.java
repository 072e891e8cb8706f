package io.procmon.source;

import io.procmon.bpf.CaptureCounters;
import io.procmon.bpf.CrashCounters;
import io.procmon.bpf.KernelCounters;
import io.procmon.bpf.KernelLosses;
import io.procmon.bpf.Throttle;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** The source of the stream's records: the kernel, or a recording. */
public interface RecordSource {

    /**
     * The records in the order of their events. Only an exit that found the ring full is later. Watching begins with
     * the subscription. The stream completes after {@link #stop}, and fails only if watching cannot continue. Serves
     * one subscription.
     */
    Multi<KernelRecord> records();

    /** Completes when the source works, with a description of what it watches; fails with the reason otherwise. */
    CompletionStage<String> started();

    /** Whether the records come from this machine's kernel. */
    default boolean isLive() {
        return false;
    }

    /** Whether the buffer has so many waiting records that it may soon be full. Any thread may call it. */
    default boolean isBehind() {
        return false;
    }

    /** Stops watching. Records that were seen are still emitted. */
    void stop();

    /** Emits the start and the end of each throttling of a container. */
    default Multi<Throttle> throttles() {
        return Multi.createFrom().empty();
    }

    /**
     * Permits the text of an image: its standard error is kept. Any thread may call it; a source without texts ignores
     * it.
     */
    default void permitText(ImageKey image) {}

    /** Reports the end of an image whose text was permitted. */
    default void releaseText(ImageKey image) {}

    /** The counters of the capture of standard error. */
    default CaptureCounters captured() {
        return CaptureCounters.NONE;
    }

    /** The counters of the capture of crashes. */
    default CrashCounters crashes() {
        return CrashCounters.NONE;
    }

    /** Time since the last heartbeat; zero until the source reads for the first time. */
    Duration sinceHeartbeat();

    /** The counters of the source. To read them takes up to a millisecond, so they are read only on demand. */
    KernelCounters counters();

    /** The losses among the counters, for each activity. */
    default KernelLosses losses() {
        return counters().losses();
    }
}
