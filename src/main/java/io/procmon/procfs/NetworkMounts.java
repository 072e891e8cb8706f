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
 * Asks file systems of other machines. Such a question may never come back, and a thread that waits in the kernel cannot be
 * stopped. So each mount has a thread of its own, and a question has a deadline. A mount that misses it is left alone until
 * that question has come back, and for at least {@code PAUSE}: meanwhile nobody waits for it.
 *
 * <p>The descriptor that a late question is about must stay open until the question has come back, else its number could
 * become another file's: {@link #keepsOpen}. For any thread.
 */
public final class NetworkMounts {

    /** What all look-ups of procmon share, so that a mount is known to be silent after one of them. */
    static final NetworkMounts SHARED = new NetworkMounts(System::nanoTime, Duration.ofMillis(100));

    /** How long a mount is left alone that has missed a deadline. */
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final Duration THREAD_IDLES = Duration.ofSeconds(30);

    private final LongSupplier nanoTime;
    private final Duration deadline;
    private final Map<String, Mount> mounts = new ConcurrentHashMap<>();
    private final Map<Integer, Question<?>> late = new HashMap<>();
    private final AtomicLong missed = new AtomicLong();

    /**
     * @param nanoTime the time, as {@link System#nanoTime} has it
     * @param deadline how long a question may take
     */
    NetworkMounts(LongSupplier nanoTime, Duration deadline) {
        this.nanoTime = nanoTime;
        this.deadline = deadline;
    }

    /** How many mounts do not answer now. */
    public static int silent() {
        return (int) SHARED.mounts.values().stream().filter(Mount::isSilent).count();
    }

    /** How many questions missed their deadline. */
    public static long missed() {
        return SHARED.missed.get();
    }

    /**
     * Asks each network file system of the node, in its turn.
     *
     * @param patience how long one may take
     * @return the directories of those that do not answer, and how many there are in all
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
     * What was found out about the network file systems of the node.
     *
     * @param mounts how many there are
     * @param silent the directories of those that do not answer
     */
    public record Examination(int mounts, List<String> silent) {}

    /** For a question that is about no open file. */
    static final int NO_DESCRIPTOR = -1;

    /**
     * Asks a file system.
     *
     * @param device its device
     * @param descriptor of the file that the question is about
     * @param question is asked on a thread of the file system, with calls of that thread
     * @param discard takes an answer that comes too late
     * @return empty too if the file system does not answer
     */
    <T> Optional<T> ask(
            String device,
            int descriptor,
            Function<FileCalls, Optional<T>> question,
            BiConsumer<FileCalls, T> discard) {
        return mounts.computeIfAbsent(device, _ -> new Mount()).ask(new Question<>(descriptor, question, discard));
    }

    /** Whether a late question still needs a descriptor. Then it is closed as soon as that has come back. */
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

        /** On the thread of the mount. */
        void ask(FileCalls calls) {
            Optional<T> found = Optional.empty();
            try {
                found = question.apply(calls);
            } finally {
                finish(calls, found);
            }
        }

        private void finish(FileCalls calls, Optional<T> found) {
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
                new LinkedBlockingQueue<>(), // holds one at most: a mount that is busy is not asked
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
            thread.execute(() -> {
                try {
                    question.ask(calls);
                } finally {
                    free();
                }
            });
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
