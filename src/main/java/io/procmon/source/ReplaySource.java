package io.procmon.source;

import io.procmon.bpf.KernelCounters;
import io.procmon.events.ExecCall;
import io.procmon.events.ExecRecord;
import io.procmon.events.Executable;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.procmon.events.Moment;
import io.smallrye.mutiny.Multi;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Replays a recorded session again and again at its original speed, for work on a machine without a suitable kernel. In
 * each repetition, the records have new process identities and current times.
 */
public final class ReplaySource implements RecordSource {

    private static final Duration PAUSE = Duration.ofSeconds(10);

    private final List<KernelRecord> session;
    private final CompletableFuture<String> started = new CompletableFuture<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * Creates a source.
     *
     * @param session at least one record, in the order of time
     */
    public ReplaySource(List<KernelRecord> session) {
        this.session = List.copyOf(session);
    }

    @Override
    public Multi<KernelRecord> records() {
        return Multi.createFrom().publisher(subscriber -> {
            Thread.ofPlatform().name("replay").daemon().start(() -> run(subscriber));
        });
    }

    @Override
    public CompletionStage<String> started() {
        return started;
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public Duration sinceHeartbeat() {
        return Duration.ZERO;
    }

    @Override
    public KernelCounters counters() {
        return KernelCounters.NONE;
    }

    private void run(Flow.Subscriber<? super KernelRecord> subscriber) {
        Demand demand = new Demand(Thread.currentThread());
        subscriber.onSubscribe(demand);
        started.complete("a recorded session of %d records".formatted(session.size()));
        long recordedAt = timeOf(session.getFirst());
        while (!demand.isCancelled()) {
            long playedAt = System.nanoTime();
            Instant begin = Instant.now();
            for (KernelRecord record : session) {
                if (sleepUntil(playedAt + timeOf(record) - recordedAt)) {
                    subscriber.onComplete();
                    return;
                }
                while (demand.upTo(1) == 0 && !demand.isCancelled()) {
                    LockSupport.park(this);
                }
                demand.served();
                subscriber.onNext(shifted(record, playedAt - recordedAt, begin, playedAt));
            }
            if (sleepUntil(System.nanoTime() + PAUSE.toNanos())) {
                subscriber.onComplete();
                return;
            }
        }
    }

    /** Sleeps; returns whether the source was stopped. */
    private boolean sleepUntil(long nanoTime) {
        try {
            return stopped.await(nanoTime - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static long timeOf(KernelRecord record) {
        return switch (record) {
            case ExecRecord exec -> exec.at().bootNanos();
            case ExitRecord exit -> exit.at().bootNanos();
        };
    }

    private static KernelRecord shifted(KernelRecord record, long by, Instant begin, long playedAt) {
        return switch (record) {
            case ExecRecord exec ->
                new ExecRecord(
                        shifted(exec.image(), by),
                        exec.parent().map(parent -> shifted(parent, by)),
                        shifted(exec.at(), by, begin, playedAt),
                        exec.takenIn(),
                        exec.ids(),
                        exec.context(),
                        new ExecCall(
                                shifted(exec.call().executable(), exec.at(), by, begin, playedAt),
                                exec.call().filename(),
                                exec.call().cwd(),
                                exec.call().argv()),
                        exec.truncated());
            case ExitRecord exit ->
                new ExitRecord(
                        shifted(exit.image(), by),
                        shifted(exit.at(), by, begin, playedAt),
                        exit.status(),
                        exit.usage());
        };
    }

    /**
     * Shifts the modification time of a program that was built in the session, so that it still falls into the session.
     */
    private static Executable shifted(Executable file, Moment at, long by, Instant begin, long playedAt) {
        Duration later =
                Duration.between(at.utc(), shifted(at, by, begin, playedAt).utc());
        return new Executable(
                file.path(),
                file.device(),
                file.inode(),
                file.modifiedAt().plus(later),
                file.bytes(),
                file.deleted(),
                file.inMemory());
    }

    private static ImageKey shifted(ImageKey image, long by) {
        return new ImageKey(image.tgid(), image.startNanos() + by, image.execId());
    }

    private static Moment shifted(Moment moment, long by, Instant begin, long playedAt) {
        long at = moment.bootNanos() + by;
        return new Moment(at, begin.plusNanos(at - playedAt));
    }
}
