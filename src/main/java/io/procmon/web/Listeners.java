package io.procmon.web;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.ServiceUnavailableException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/**
 * Those who listen to server-sent events: each holds a connection and a buffer, so there is a limit. A client that does not
 * read makes room for others. Thread-safe.
 */
public final class Listeners {

    private static final int MAX = 32;
    private static final long RETRY_AFTER_SECONDS = 30;

    /** A client that has not taken an element for this time, while there were others, does not read. */
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
     * The stream for one more listener. Elements that it is too slow for are dropped; the stream completes at an element for
     * which the listener has had no demand for {@link #READS_WITHIN}.
     *
     * @throws ServiceUnavailableException if there are too many
     */
    public <T> Multi<T> admit(Multi<T> stream) {
        if (listening.incrementAndGet() > MAX) {
            listening.decrementAndGet();
            throw new ServiceUnavailableException("at most %d clients can listen".formatted(MAX), RETRY_AFTER_SECONDS);
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

    /** What a listener has requested. */
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
