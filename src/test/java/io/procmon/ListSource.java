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

/** Records that a test has thought of, as many as are asked for, then the end. */
public final class ListSource implements RecordSource {

    private final Multi<KernelRecord> records;
    private final AtomicLong given = new AtomicLong();

    public ListSource(Stream<KernelRecord> records) {
        this.records = Multi.createFrom().items(records);
    }

    /** How many were asked for and given by now. */
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
