package io.procmon.source;

import io.procmon.bpf.BpfException;
import io.procmon.bpf.KernelCounters;
import io.procmon.bpf.KernelInfo;
import io.procmon.bpf.KernelOptions;
import io.procmon.bpf.KernelWatch;
import io.procmon.bpf.Libbpf;
import io.procmon.bpf.Privileges;
import io.procmon.bpf.Throttle;
import io.procmon.events.KernelRecord;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.locks.LockSupport;

/**
 * The kernel as a stream. A thread of its own, {@code ring-buffer}, owns everything native, reads as many records as
 * there is demand for, and leaves the rest in the ring, which is the only queue here that can overflow, and counts.
 *
 * <p>While records come, it looks at the ring every few milliseconds, and is woken only if the ring fills faster than
 * that. When none came, it sleeps until the next one.
 */
public final class LiveSource implements RecordSource {

    private static final Duration HEARTBEAT = Duration.ofMillis(250);
    private static final int BATCH = 1024;

    private final KernelOptions options;
    private final CompletableFuture<String> started = new CompletableFuture<>();
    private final BroadcastProcessor<Throttle> throttles = BroadcastProcessor.create();
    private volatile Thread thread;
    private volatile boolean stopping;
    private volatile boolean behind;
    private volatile long heartbeat = System.nanoTime();
    private volatile KernelCounters counters = KernelCounters.NONE;

    public LiveSource(KernelOptions options) {
        this.options = options;
    }

    /** Why this process cannot watch this kernel, as far as can be seen without trying; empty if nothing is in the way. */
    public static Optional<String> obstacle() {
        List<String> missing = Privileges.ours().missing();
        if (!missing.isEmpty()) {
            return Optional.of("this process lacks " + String.join(" and ", missing));
        }
        return Optional.of(KernelInfo.unsupported()).filter(problem -> !problem.isEmpty());
    }

    @Override
    public Multi<KernelRecord> records() {
        return Multi.createFrom().publisher(subscriber -> {
            thread = Thread.ofPlatform().name("ring-buffer").daemon().start(() -> run(subscriber));
        });
    }

    @Override
    public CompletionStage<String> started() {
        return started;
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    @Override
    public Multi<Throttle> throttles() {
        return throttles.onOverflow().drop(); // whoever listens has little to do, and nothing waits for it
    }

    @Override
    public Duration sinceHeartbeat() {
        return Duration.ofNanos(System.nanoTime() - heartbeat);
    }

    @Override
    public boolean isBehind() {
        return behind;
    }

    @Override
    public KernelCounters counters() {
        return counters;
    }

    private void run(Flow.Subscriber<? super KernelRecord> subscriber) {
        Demand demand = new Demand(Thread.currentThread());
        subscriber.onSubscribe(demand);
        try (Arena arena = Arena.ofConfined()) {
            Libbpf libbpf = libbpf(arena);
            try (KernelWatch watch = KernelWatch.open(arena, libbpf, options)) {
                watch.attach(options.takeIn());
                started.complete(
                        "kernel %s, libbpf %s".formatted(KernelInfo.release(), libbpf.libbpf_version_string()));
                new Loop(watch, demand, subscriber).run();
            }
            subscriber.onComplete();
        } catch (Throwable e) { // an error too: nobody watches any more, and that must be heard
            started.completeExceptionally(e);
            subscriber.onError(e);
        }
    }

    /** What the thread does between attaching and closing. */
    private final class Loop {

        private final KernelWatch watch;
        private final Demand demand;
        private final Flow.Subscriber<? super KernelRecord> subscriber;

        Loop(KernelWatch watch, Demand demand, Flow.Subscriber<? super KernelRecord> subscriber) {
            this.watch = watch;
            this.demand = demand;
            this.subscriber = subscriber;
        }

        void run() {
            while (!stopping && !demand.isCancelled()) {
                int limit = demand.upTo(BATCH);
                int records = read(limit);
                watch.makeRoom(limit > 0);
                behind = watch.isBehind();
                beat();
                if (limit > 0 && records < limit) {
                    boolean busy = records > 0;
                    watch.await(busy, busy ? options.linger() : HEARTBEAT);
                }
            }
            watch.detach();
            drain();
            behind = false;
            counters = watch.counters();
        }

        /** Nothing is written any more: what is in the ring is all there will ever be. */
        private void drain() {
            int limit;
            int records;
            do {
                limit = demand.upTo(BATCH);
                records = read(limit);
            } while ((limit == 0 || records > 0) && !demand.isCancelled());
        }

        /** Hands out what there is, or sleeps a little if nobody wants it. */
        private int read(int limit) {
            if (limit == 0) {
                LockSupport.parkNanos(this, options.linger().toNanos());
                return 0;
            }
            return watch.read(limit, record -> {
                demand.served();
                subscriber.onNext(record);
            });
        }

        private void beat() {
            long now = System.nanoTime();
            if (now - heartbeat >= HEARTBEAT.toNanos()) {
                watch.anchorClock();
                watch.lookAtThrottles(throttles::onNext);
                counters = watch.counters();
                heartbeat = now;
            }
        }
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
