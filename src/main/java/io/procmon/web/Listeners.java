package io.procmon.web;

import io.smallrye.mutiny.Multi;
import jakarta.ws.rs.ServiceUnavailableException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Those who listen to server-sent events: each holds a connection and a buffer, so there is a limit. Thread-safe. */
public final class Listeners {

    private static final int MAX = 32;
    private static final long RETRY_AFTER_SECONDS = 30;

    private final AtomicInteger listening = new AtomicInteger();

    /**
     * The stream for one more listener.
     *
     * @throws ServiceUnavailableException if there are too many
     */
    public <T> Multi<T> admit(Multi<T> stream) {
        if (listening.incrementAndGet() > MAX) {
            listening.decrementAndGet();
            throw new ServiceUnavailableException("at most %d clients can listen".formatted(MAX), RETRY_AFTER_SECONDS);
        }
        AtomicBoolean gone = new AtomicBoolean();
        return stream.onTermination().invoke(() -> {
            if (gone.compareAndSet(false, true)) {
                listening.decrementAndGet();
            }
        });
    }
}
