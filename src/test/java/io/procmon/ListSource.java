package io.procmon;

import io.procmon.bpf.KernelCounters;
import io.procmon.events.KernelRecord;
import io.procmon.source.RecordSource;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** A fixed list of records, emitted on request; then the stream completes. */
public final class ListSource implements RecordSource {

    private final Multi<KernelRecord> records;
    private final AtomicLong given = new AtomicLong();

    public ListSource(Stream<KernelRecord> records) {
        this.records = Multi.createFrom().items(records);
    }

    /** The number of records that were emitted. */
    public long given() {
        return given.get();
    }

    @Override
    public Multi<KernelRecord> records() {
        return records.invoke(given::incrementAndGet);
    }

    @Override
    public CompletionStage<String> started() {
        return CompletableFuture.completedFuture("a list");
    }

    @Override
    public void stop() {}

    @Override
    public Duration sinceHeartbeat() {
        return Duration.ZERO;
    }

    @Override
    public KernelCounters counters() {
        return KernelCounters.NONE;
    }
}
