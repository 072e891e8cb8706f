package io.procmon.source;

import io.procmon.bpf.BpfException;
import io.procmon.bpf.CaptureCounters;
import io.procmon.bpf.CaptureOptions;
import io.procmon.bpf.CaptureState;
import io.procmon.bpf.CrashCapture;
import io.procmon.bpf.CrashCounters;
import io.procmon.bpf.KernelCounters;
import io.procmon.bpf.KernelInfo;
import io.procmon.bpf.KernelLosses;
import io.procmon.bpf.KernelOptions;
import io.procmon.bpf.KernelWatch;
import io.procmon.bpf.Libbpf;
import io.procmon.bpf.Privileges;
import io.procmon.bpf.TextCapture;
import io.procmon.bpf.Throttle;
import io.procmon.events.ImageKey;
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
 * The kernel as a stream. The thread {@code ring-buffer} owns all native resources. It reads as many records as
 * subscribers request and leaves the rest in the ring. The ring is the only queue here that can overflow; the kernel
 * program counts the records that it cannot write.
 *
 * <p>While records arrive, the thread polls the ring every few milliseconds and is woken only when the ring fills
 * faster. Without records, the thread sleeps until the next record, a stop, or the heartbeat.
 */
public final class LiveSource implements RecordSource {

    /** The longest sleep. The liveness check allows five times as much. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(2);

    /** The pause between two checks of the clock and of the throttled containers, while there is work. */
    private static final Duration CHECK_PAUSE = Duration.ofMillis(250);

    private static final int BATCH = 1024;

    private final KernelOptions options;
    private final Optional<CaptureOptions> capture;
    private final CompletableFuture<String> started = new CompletableFuture<>();
    private final BroadcastProcessor<Throttle> throttles = BroadcastProcessor.create();
    private volatile Thread thread;
    private volatile boolean stopping;
    private volatile boolean behind;
    private volatile long heartbeat = System.nanoTime();

    /** Whether the thread reads. Before, it loads programs, which takes a minute where the verifier is slow. */
    private volatile boolean reads;

    private volatile KernelWatch watch;
    private volatile Optional<CaptureState> captureState = Optional.empty();

    /** A source that captures no text. */
    public LiveSource(KernelOptions options) {
        this(options, Optional.empty());
    }

    /** @param capture the options of the capture of standard error; empty without capture */
    public LiveSource(KernelOptions options, Optional<CaptureOptions> capture) {
        this.options = options;
        this.capture = capture;
    }

    /**
     * The reason why this process cannot watch this kernel; empty if there is none. Does not try to load the program.
     */
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
        wake();
    }

    @Override
    public Multi<Throttle> throttles() {
        return throttles.onOverflow().drop(); // a message is lost if the subscriber is slow
    }

    @Override
    public Duration sinceHeartbeat() {
        return reads ? Duration.ofNanos(System.nanoTime() - heartbeat) : Duration.ZERO;
    }

    @Override
    public boolean isBehind() {
        return behind;
    }

    @Override
    public KernelCounters counters() {
        KernelWatch opened = watch;
        return opened == null ? KernelCounters.NONE : opened.statistics().counters();
    }

    @Override
    public KernelLosses losses() {
        KernelWatch opened = watch;
        return opened == null ? KernelLosses.NONE : opened.statistics().losses();
    }

    /** The hook that captures standard error; empty without capture, or before the start. */
    public Optional<CaptureState> captureState() {
        return captureState;
    }

    @Override
    public void permitText(ImageKey image) {
        capture().ifPresent(opened -> opened.permit(image));
    }

    @Override
    public void releaseText(ImageKey image) {
        capture().ifPresent(opened -> opened.release(image));
    }

    @Override
    public CaptureCounters captured() {
        return capture().map(TextCapture::counters).orElse(CaptureCounters.NONE);
    }

    @Override
    public CrashCounters crashes() {
        KernelWatch opened = watch;
        return opened == null
                ? CrashCounters.NONE
                : opened.crashes().map(CrashCapture::counters).orElse(CrashCounters.NONE);
    }

    private Optional<TextCapture> capture() {
        KernelWatch opened = watch;
        return opened == null ? Optional.empty() : opened.capture();
    }

    private void wake() {
        KernelWatch opened = watch;
        if (opened != null) {
            opened.wake();
        }
    }

    private void run(Flow.Subscriber<? super KernelRecord> subscriber) {
        Demand demand = new Demand(Thread.currentThread(), this::wake);
        subscriber.onSubscribe(demand);
        try (Arena arena = Arena.ofConfined()) {
            Libbpf libbpf = libbpf(arena);
            try (KernelWatch opened = KernelWatch.open(arena, libbpf, options, capture)) {
                watch = opened;
                opened.attach(options.takeIn());
                String versions =
                        "kernel %s, libbpf %s".formatted(KernelInfo.release(), libbpf.libbpf_version_string());
                captureState = opened.captureState();
                versions += captureState
                        .map(state -> ", standard error by " + state.description())
                        .orElse("");
                versions += captureState
                        .map(CaptureState::crashRefusal)
                        .filter(it -> !it.isEmpty())
                        .map(refusal -> ", crashes are not located (" + refusal + ")")
                        .orElse("");
                new Loop(opened, demand, subscriber, versions).run();
            }
            subscriber.onComplete();
        } catch (Throwable e) { // Errors too: the subscriber must know that watching has ended
            started.completeExceptionally(e);
            subscriber.onError(e);
        }
    }

    /** The work of the thread between attaching and closing. */
    private final class Loop {

        private final KernelWatch watch;
        private final Demand demand;
        private final Flow.Subscriber<? super KernelRecord> subscriber;
        private final String versions;

        Loop(KernelWatch watch, Demand demand, Flow.Subscriber<? super KernelRecord> subscriber, String versions) {
            this.versions = versions;
            this.watch = watch;
            this.demand = demand;
            this.subscriber = subscriber;
        }

        void run() {
            while (!stopping && !demand.isCancelled()) {
                beat();
                boolean takesIn = watch.takeInMore();
                int limit = demand.upTo(BATCH);
                int records = read(limit);
                if (!takesIn && (limit == 0 || records < limit)) {
                    start();
                }
                watch.makeRoom(limit > 0);
                behind = watch.isBehind();
                if (!takesIn && limit > 0 && records < limit) {
                    boolean busy = records > 0;
                    watch.await(busy, busy ? options.linger() : patience());
                }
            }
            watch.detach();
            drain();
            behind = false;
        }

        /**
         * Completes the start after the records of the processes that ran before have been read, or as many as are
         * requested. They are read early because a process loses its arguments when it ends.
         */
        private void start() {
            if (!started.isDone()) {
                started.complete(versions);
            }
        }

        /**
         * The longest sleep. While a container is throttled it is short, because only a check of the token buckets
         * shows the end of throttling.
         */
        private Duration patience() {
            return watch.isThrottling() ? CHECK_PAUSE : HEARTBEAT;
        }

        /** Reads the rest of the ring after the hooks are detached. */
        private void drain() {
            int limit;
            int records;
            do {
                limit = demand.upTo(BATCH);
                records = read(limit);
            } while ((limit == 0 || records > 0) && !demand.isCancelled());
        }

        /** Reads records, or sleeps for a short time if no subscriber requests them. */
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

        /** Runs before a read, so that the first records after a long sleep are converted with a fresh clock offset. */
        private void beat() {
            long now = System.nanoTime();
            if (now - heartbeat >= CHECK_PAUSE.toNanos()) {
                watch.anchorClock();
                watch.tendCapture();
                watch.lookAtThrottles(throttles::onNext);
                heartbeat = now;
                reads = true;
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
