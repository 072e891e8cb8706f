package io.procmon.metrics;

import io.procmon.spool.SpoolBooks;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** Where the figures of both equations come from. Thread-safe. */
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

    /** The books of the scrape that goes on in this thread, or else of now. */
    @Override
    public Books get() {
        return SCRAPE.isBound() ? SCRAPE.get() : now();
    }

    private Books now() {
        SpoolBooks ofSpool = spool.get();
        long lost = unreported.sum();
        return new Books(ofSpool, lost, patterns.sum(), images.page());
    }

    /** Runs a scrape whose figures are all of the same moment. */
    <T> T consistently(Supplier<T> scrape) {
        return ScopedValue.where(SCRAPE, now()).call(scrape::get);
    }
}
