package io.procmon.bpf;

import io.procmon.events.KernelRecord;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/**
 * The kernel as a stream. A thread of its own, {@code ring-buffer}, owns everything native, reads as many records as
 * there is demand for, and leaves the rest in the ring, which is the only queue here that can overflow, and counts.
 *
 * <p>While records come, it looks at the ring every few milliseconds, and is woken only if the ring fills faster than
 * that. When none came, it sleeps until the next one.
 */
public final class RingBufferSource implements RecordSource {

    private static final Duration HEARTBEAT = Duration.ofMillis(250);
    private static final int BATCH = 1024;

    private final KernelOptions options;
    private final CompletableFuture<String> started = new CompletableFuture<>();
    private volatile Thread thread;
    private volatile boolean stopping;
    private volatile long heartbeat = System.nanoTime();
    private volatile KernelCounters counters = KernelCounters.NONE;

    public RingBufferSource(KernelOptions options) {
        this.options = options;
    }

    @Override
    public Multi<KernelRecord> records() {
        // ERROR never happens: the thread emits no more than was requested.
        return Multi.createFrom()
                .<KernelRecord>emitter(this::start, BackPressureStrategy.ERROR)
                .onRequest()
                .invoke(this::resume);
    }

    @Override
    public CompletionStage<String> started() {
        return started;
    }

    @Override
    public void stop() {
        stopping = true;
        resume();
    }

    @Override
    public Duration sinceHeartbeat() {
        return Duration.ofNanos(System.nanoTime() - heartbeat);
    }

    @Override
    public KernelCounters counters() {
        return counters;
    }

    private void start(MultiEmitter<? super KernelRecord> emitter) {
        thread = Thread.ofPlatform().name("ring-buffer").daemon().start(() -> run(emitter));
    }

    /** Ends a pause for want of demand; in any other state it has no effect. */
    private void resume() {
        LockSupport.unpark(thread);
    }

    private void run(MultiEmitter<? super KernelRecord> emitter) {
        try (Arena arena = Arena.ofConfined()) {
            Libbpf libbpf = libbpf(arena);
            try (KernelWatch watch = new KernelWatch(arena, libbpf, options)) {
                watch.attach(options.takeIn());
                started.complete(
                        "kernel %s, libbpf %s".formatted(KernelInfo.release(), libbpf.libbpf_version_string()));
                while (!stopping && !emitter.isCancelled()) {
                    readOrWait(watch, emitter);
                }
                watch.detach();
                drain(watch, emitter);
            }
            emitter.complete();
        } catch (BpfException | IllegalStateException e) {
            started.completeExceptionally(e);
            emitter.fail(e);
        }
    }

    private void readOrWait(KernelWatch watch, MultiEmitter<? super KernelRecord> emitter) {
        int limit = limit(emitter);
        int records = limit == 0 ? 0 : watch.read(limit, emitter::emit);
        beat(watch);
        if (limit == 0) {
            LockSupport.parkNanos(HEARTBEAT.toNanos());
        } else if (records < limit) {
            boolean busy = records > 0;
            watch.await(busy, busy ? options.linger() : HEARTBEAT);
        }
    }

    /** Nothing is written any more: what is in the ring is all there will ever be. */
    private void drain(KernelWatch watch, MultiEmitter<? super KernelRecord> emitter) {
        int records = 1;
        while (records > 0 && !emitter.isCancelled()) {
            int limit = limit(emitter);
            if (limit == 0) {
                LockSupport.parkNanos(HEARTBEAT.toNanos());
            } else {
                records = watch.read(limit, emitter::emit);
            }
        }
        counters = watch.counters();
    }

    private void beat(KernelWatch watch) {
        long now = System.nanoTime();
        if (now - heartbeat >= HEARTBEAT.toNanos()) {
            watch.anchorClock();
            counters = watch.counters();
            heartbeat = now;
        }
    }

    private static int limit(MultiEmitter<?> emitter) {
        return (int) Math.min(emitter.requested(), BATCH);
    }

    private static Libbpf libbpf(Arena arena) {
        try {
            return new Libbpf(arena);
        } catch (ExceptionInInitializerError e) {
            throw libraryMissing(e.getCause());
        } catch (UnsatisfiedLinkError e) {
            throw libraryMissing(e);
        }
    }

    private static BpfException libraryMissing(Throwable cause) {
        return new BpfException.LibraryMissing(
                "libbpf.so.1 of 1.0 or later cannot be used: %s; install the package libbpf1 (Debian, Ubuntu) or libbpf"
                        .formatted(cause.getMessage()));
    }
}
