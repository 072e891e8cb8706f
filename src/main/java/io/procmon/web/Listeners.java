package io.procmon.web;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.ServiceUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * The subscribers of server-sent events. Each subscriber holds a connection and a buffer, so their number is limited. A
 * client that does not read is removed. Thread-safe.
 */
public final class Listeners {

    private static final int MAX = 32;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    /** A client that has requested no element for this time, although there were some, does not read. */
    static final Duration READS_WITHIN = Duration.ofSeconds(10);

    private final AtomicInteger listening = new AtomicInteger();
    private final LongSupplier nanoTime;

    public Listeners() {
        this(System::nanoTime);
    }

    Listeners(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Returns the stream for one more subscriber. Elements that the subscriber is too slow for are dropped. The stream
     * completes at an element for which the subscriber has had no demand for {@link #READS_WITHIN}.
     *
     * @throws ServiceUnavailableException if there are too many subscribers
     */
    public <T> Multi<T> admit(Multi<T> stream) {
        if (listening.incrementAndGet() > MAX) {
            listening.decrementAndGet();
            throw Refusal.after(RETRY_AFTER, "at most %d clients can subscribe".formatted(MAX));
        }
        AtomicBoolean gone = new AtomicBoolean();
        Demand demand = new Demand(nanoTime);
        return stream.select()
                .first(_ -> !demand.isMissing())
                .onOverflow()
                .drop()
                .onRequest()
                .invoke(demand::requested)
                .onItem()
                .invoke(demand::given)
                .onTermination()
                .invoke(() -> {
                    if (gone.compareAndSet(false, true)) {
                        listening.decrementAndGet();
                    }
                });
    }

    /** The demand of a subscriber. */
    private static final class Demand {
        private final LongSupplier nanoTime;
        private long open;
        private long metAt;

        Demand(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
            metAt = nanoTime.getAsLong();
        }

        synchronized void requested(long elements) {
            open = open + elements < 0 ? Long.MAX_VALUE : open + elements;
        }

        synchronized void given() {
            open--;
            metAt = nanoTime.getAsLong();
        }

        synchronized boolean isMissing() {
            return open <= 0 && nanoTime.getAsLong() - metAt > READS_WITHIN.toNanos();
        }
    }
}
