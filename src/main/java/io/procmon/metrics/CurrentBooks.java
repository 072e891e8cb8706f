package io.procmon.metrics;

import io.procmon.spool.SpoolBooks;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Supplies the figures of both equations. Thread-safe. */
final class CurrentBooks implements Supplier<Books> {

    private static final ScopedValue<Books> SCRAPE = ScopedValue.newInstance();

    private final ImageBooks images = new ImageBooks();
    private final LongAdder patterns = new LongAdder();
    private final LongAdder unreported = new LongAdder();
    private volatile Supplier<SpoolBooks> spool = () -> SpoolBooks.EMPTY;

    ImageBooks images() {
        return images;
    }

    void watch(Supplier<SpoolBooks> books) {
        spool = books;
    }

    void pattern() {
        patterns.increment();
    }

    void unreported() {
        unreported.increment();
    }

    /** The figures of this thread's scrape, or else the current ones. */
    @Override
    public Books get() {
        return SCRAPE.isBound() ? SCRAPE.get() : now();
    }

    private Books now() {
        SpoolBooks ofSpool = spool.get();
        long lost = unreported.sum();
        return new Books(ofSpool, lost, patterns.sum(), images.page());
    }

    /** Runs a scrape with the figures of one moment. */
    <T> T consistently(Supplier<T> scrape) {
        return ScopedValue.where(SCRAPE, now()).call(scrape::get);
    }
}
