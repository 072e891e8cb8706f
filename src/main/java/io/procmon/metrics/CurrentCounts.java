package io.procmon.metrics;

import io.procmon.spool.SpoolCounts;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Supplies the figures of both equations. Thread-safe. */
final class CurrentCounts implements Supplier<Counts> {

    private static final ScopedValue<Counts> SCRAPE = ScopedValue.newInstance();

    private final ImageCounter images = new ImageCounter();
    private final LongAdder patterns = new LongAdder();
    private final LongAdder unreported = new LongAdder();
    private volatile Supplier<SpoolCounts> spool = () -> SpoolCounts.EMPTY;

    ImageCounter images() {
        return images;
    }

    void watch(Supplier<SpoolCounts> counts) {
        spool = counts;
    }

    void pattern() {
        patterns.increment();
    }

    void unreported() {
        unreported.increment();
    }

    /** The figures of this thread's scrape, or else the current ones. */
    @Override
    public Counts get() {
        return SCRAPE.isBound() ? SCRAPE.get() : now();
    }

    private Counts now() {
        SpoolCounts ofSpool = spool.get();
        long lost = unreported.sum();
        return new Counts(ofSpool, lost, patterns.sum(), images.snapshot());
    }

    /** Runs a scrape with the figures of one moment. */
    <T> T consistently(Supplier<T> scrape) {
        return ScopedValue.where(SCRAPE, now()).call(scrape::get);
    }
}
