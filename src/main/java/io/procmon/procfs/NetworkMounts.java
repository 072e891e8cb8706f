package io.procmon.procfs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Calls network file systems with a deadline. Such a call may never return, and a thread that waits in the kernel
 * cannot be stopped. So each mount has its own thread, and each call has a deadline. After a missed deadline, the mount
 * is not called again until the late call has returned, and for at least {@code PAUSE}.
 *
 * <p>The descriptor of a late call must stay open until the call has returned; otherwise its number could become that
 * of another file: {@link #keepsOpen}. Thread-safe.
 */
public final class NetworkMounts {

    /** The instance that all look-ups share, so that one missed deadline protects all of them. */
    static final NetworkMounts SHARED = new NetworkMounts(System::nanoTime, Duration.ofMillis(100));

    /** The time without calls to a mount after a missed deadline. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration THREAD_IDLES = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final Duration deadline;
    private final Map<String, Mount> mounts = new ConcurrentHashMap<>();
    private final Map<Integer, Question<?>> late = new HashMap<>();
    private final AtomicLong missed = new AtomicLong();

    /**
     * @param nanoTime the clock, such as {@link System#nanoTime}
     * @param deadline the time for one call
     */
    NetworkMounts(LongSupplier nanoTime, Duration deadline) {
        this.nanoTime = nanoTime;
        this.deadline = deadline;
    }

    /** The number of mounts that do not answer now. */
    public static int silent() {
        return (int) SHARED.mounts.values().stream().filter(Mount::isSilent).count();
    }

    /** The number of missed deadlines. */
    public static long missed() {
        return SHARED.missed.get();
    }

    /**
     * Calls each network file system of the node, one after the other.
     *
     * @param patience the time for each
     * @return the directories of those that do not answer, and the number of all
     */
    public static Examination examine(Duration patience) {
        FileCalls calls = new FileCalls();
        NetworkMounts mounts = new NetworkMounts(System::nanoTime, patience);
        Map<String, String> network = NodeMounts.read(calls).network();
        List<String> silent = new ArrayList<>();
        network.forEach((device, directory) -> {
            Optional<Boolean> answer = mounts.ask(device, NO_DESCRIPTOR, its -> its.answers(directory), (_, _) -> {});
            if (answer.isEmpty()) {
                silent.add(directory);
            }
        });
        return new Examination(network.size(), silent.stream().sorted().toList());
    }

    /**
     * The state of the network file systems of the node.
     *
     * @param mounts the number of network file systems
     * @param silent the directories of those that do not answer
     */
    public record Examination(int mounts, List<String> silent) {}

    /** For a call without an open file. */
    static final int NO_DESCRIPTOR = -1;

    /**
     * Calls a file system.
     *
     * @param device the device of the file system
     * @param descriptor the descriptor that the call uses
     * @param question the call; it runs on the thread of the mount
     * @param discard closes an answer that arrives too late
     * @return empty if the call has no answer, or misses the deadline
     */
    <T> Optional<T> ask(
            String device,
            int descriptor,
            Function<FileCalls, Optional<T>> question,
            BiConsumer<FileCalls, T> discard) {
        return mounts.computeIfAbsent(device, _ -> new Mount()).ask(new Question<>(descriptor, question, discard));
    }

    /** Whether a late call still needs a descriptor. The descriptor is then closed when that call returns. */
    boolean keepsOpen(int descriptor) {
        synchronized (late) {
            Question<?> question = late.remove(descriptor);
            if (question != null) {
                question.closes = true;
            }
            return question != null;
        }
    }

    private final class Question<T> {

        private final int descriptor;
        private final Function<FileCalls, Optional<T>> question;
        private final BiConsumer<FileCalls, T> discard;
        private final CountDownLatch answered = new CountDownLatch(1);
        private Optional<T> answer = Optional.empty();
        private boolean done;
        private boolean isLate;
        private boolean closes;

        Question(int descriptor, Function<FileCalls, Optional<T>> question, BiConsumer<FileCalls, T> discard) {
            this.descriptor = descriptor;
            this.question = question;
            this.discard = discard;
        }

        /**
         * Runs on the thread of the mount.
         *
         * @param free makes the mount accept the next call; runs before the caller gets the answer, because the caller
         * may call again at once
         */
        void ask(FileCalls calls, Runnable free) {
            Optional<T> found = Optional.empty();
            try {
                found = question.apply(calls);
            } finally {
                finish(calls, found, free);
            }
        }

        private void finish(FileCalls calls, Optional<T> found, Runnable free) {
            boolean close;
            boolean nobodyWaits;
            synchronized (late) {
                answer = found;
                done = true;
                late.remove(descriptor, this);
                close = closes;
                nobodyWaits = isLate;
            }
            if (close) {
                calls.close(descriptor);
            }
            if (nobodyWaits) {
                found.ifPresent(it -> discard.accept(calls, it));
            }
            free.run();
            answered.countDown();
        }

        Optional<T> await() {
            try {
                if (!answered.await(deadline.toNanos(), TimeUnit.NANOSECONDS)) {
                    giveUp();
                }
            } catch (InterruptedException e) {
                giveUp();
                Thread.currentThread().interrupt();
            }
            synchronized (late) {
                return isLate ? Optional.empty() : answer;
            }
        }

        private void giveUp() {
            synchronized (late) {
                if (!done) {
                    isLate = true;
                    if (descriptor != NO_DESCRIPTOR) {
                        late.put(descriptor, this);
                    }
                }
            }
        }

        boolean isLate() {
            synchronized (late) {
                return isLate;
            }
        }
    }

    private final class Mount {

        private final ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                THREAD_IDLES.toSeconds(),
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // has at most one element: a mount that is asked is not asked again
                Thread.ofPlatform().name("network-files").daemon().factory());
        private final FileCalls calls = new FileCalls();
        private boolean busy;
        private boolean silent;
        private long silentSince;

        Mount() {
            thread.allowCoreThreadTimeOut(true);
        }

        <T> Optional<T> ask(Question<T> question) {
            synchronized (this) {
                if (busy || isSilentNow()) {
                    return Optional.empty();
                }
                busy = true;
            }
            thread.execute(() -> question.ask(calls, this::free));
            Optional<T> answer = question.await();
            if (question.isLate()) {
                missedDeadline();
            }
            return answer;
        }

        private synchronized void free() {
            busy = false;
        }

        private synchronized void missedDeadline() {
            silent = true;
            silentSince = nanoTime.getAsLong();
            missed.incrementAndGet();
        }

        private boolean isSilentNow() {
            silent = silent && nanoTime.getAsLong() - silentSince < PAUSE.toNanos();
            return silent;
        }

        synchronized boolean isSilent() {
            return (busy && silent) || isSilentNow();
        }
    }
}
