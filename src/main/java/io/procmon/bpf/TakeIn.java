package io.procmon.bpf;

import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Reports the processes that run at the start, a few at a time: so their records never fill the ring. The iterator runs
 * twice. The first time it reports the processes with a student's hostname. From their records procmon learns which
 * control groups are containers of students. The second time the iterator reports the other processes in them, which
 * have another hostname. Belongs to one thread.
 */
final class TakeIn implements AutoCloseable {

    /** The largest record has some 12 kB without arguments: one step fills at most 200 kB of the ring. */
    static final int AT_ONCE = 16;

    private final Supplier<TaskIterator> iterators;
    private final LongSupplier written;
    private final LongSupplier read;
    private final Runnable beforeSecond;
    private TaskIterator iterator;
    private boolean isSecond;
    private boolean isWaiting;
    private boolean isDone;
    private long awaited;

    /**
     * @param iterators begins an iteration over all processes
     * @param written the records that the kernel program has written so far
     * @param read the records that were read so far
     * @param beforeSecond called before the second time begins
     */
    TakeIn(Supplier<TaskIterator> iterators, LongSupplier written, LongSupplier read, Runnable beforeSecond) {
        this.beforeSecond = beforeSecond;
        this.iterators = iterators;
        this.written = written;
        this.read = read;
        this.iterator = iterators.get();
    }

    /** Whether all processes are reported, and their records are read. */
    boolean isDone() {
        return isDone;
    }

    /** Reports the next processes. After all records of the first time are read, it begins the second time. */
    void step() {
        if (isWaiting) {
            if (read.getAsLong() >= awaited) {
                isWaiting = false;
                isDone = isSecond;
                if (!isDone) {
                    isSecond = true;
                    beforeSecond.run();
                    iterator = iterators.get();
                }
            }
        } else if (!isDone && !iterator.next()) {
            iterator.close();
            isWaiting = true;
            awaited = written.getAsLong();
        }
    }

    @Override
    public void close() {
        if (!isWaiting && !isDone) {
            iterator.close();
        }
    }
}
