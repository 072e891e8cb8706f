package io.procmon.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds copies of the kernel's records that no subscriber has requested yet. To copy a record takes far less time than
 * to decode it, so the ring has space again long before a burst is over. The memory is outside the heap, and grows and
 * shrinks with the records. Belongs to one thread; any thread may read the occupancy.
 *
 * <p>Each container has its own queue, which keeps the order of its records. The queues are served in turn, each with
 * as many bytes (deficit round robin, M. Shreedhar and G. Varghese, 1995): so the large records of one container do not
 * delay the records of another one.
 *
 * <p>A container may hold at most twice as many bytes as are free (dynamic thresholds, A. Choudhury and E. Hahne,
 * 1998): one container may use two thirds of the memory, and some memory always stays free for other containers. Execs
 * beyond this share are refused. Exits are small, and always kept.
 */
final class BurstBuffer implements AutoCloseable {

    /** The records of most bursts fit into one chunk for each container. */
    private static final long CHUNK_SIZE = 32 * 1024;

    private static final long HEADER_SIZE = Long.BYTES;

    /** Bytes that a container may read more in each turn. */
    private static final long QUANTUM = 4096;

    private static final int SHARE_OF_FREE = 2;

    private final long capacity;
    private final Map<Long, Queue> queues = new HashMap<>();
    private final Deque<Queue> turns = new ArrayDeque<>();
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** @param capacity bytes that the buffer may use, rounded up to a chunk for each container */
    BurstBuffer(long capacity) {
        this.capacity = capacity;
    }

    private static final class Chunk {

        private final Arena arena = Arena.ofConfined();
        private final MemorySegment memory;
        private long begin;
        private long end;

        Chunk(long size) {
            memory = arena.allocate(size, Long.BYTES);
        }

        boolean hasRoomFor(long size) {
            return memory.byteSize() - end >= size;
        }

        void add(MemorySegment from, long offset, int length) {
            memory.set(ValueLayout.JAVA_INT, end, length);
            MemorySegment.copy(from, offset, memory, end + HEADER_SIZE, length);
            end += sizeOf(length);
        }

        long nextSize() {
            return sizeOf(memory.get(ValueLayout.JAVA_INT, begin));
        }

        void read(RingBuffer.Reader reader) {
            int length = memory.get(ValueLayout.JAVA_INT, begin);
            long record = begin + HEADER_SIZE;
            begin += sizeOf(length);
            reader.read(memory, record, length);
        }

        boolean isEmpty() {
            return begin == end;
        }
    }

    /** The records of one container. */
    private static final class Queue {

        private final long container;
        private final Deque<Chunk> chunks = new ArrayDeque<>();
        private long bytes;
        private long credit;

        Queue(long container) {
            this.container = container;
        }
    }

    /** The size of a record with its header, aligned as in the ring. */
    private static long sizeOf(int length) {
        return HEADER_SIZE + ((length + 7L) & ~7L);
    }

    boolean isEmpty() {
        return turns.isEmpty();
    }

    boolean isFull() {
        return used.get() >= capacity;
    }

    /** The bytes that the buffer uses, and that it may use. */
    Occupancy occupancy() {
        return new Occupancy(used.get(), capacity);
    }

    /** The number of execs that were refused because their container holds its share. */
    long refused() {
        return refused.get();
    }

    /**
     * Appends a copy of a record, unless it is an exec beyond the share of its container.
     *
     * @param container the id of its cgroup
     * @return whether the record is kept
     */
    boolean add(long container, boolean isExec, MemorySegment from, long offset, int length) {
        long size = sizeOf(length);
        Queue queue = queues.get(container);
        Chunk last = queue == null ? null : queue.chunks.peekLast();
        boolean needsChunk = last == null || !last.hasRoomFor(size);
        if (needsChunk) {
            long chunkSize = Math.max(CHUNK_SIZE, size);
            long held = queue == null ? 0 : queue.bytes;
            if (isExec && held > 0 && held + chunkSize > SHARE_OF_FREE * (capacity - used.get())) {
                refused.incrementAndGet();
                return false;
            }
            if (queue == null) {
                queue = new Queue(container);
                queues.put(container, queue);
                turns.add(queue);
            }
            last = new Chunk(chunkSize);
            queue.chunks.add(last);
            queue.bytes += chunkSize;
            used.addAndGet(chunkSize);
        }
        last.add(from, offset, length);
        return true;
    }

    /**
     * Reads up to {@code max} records: of each container in their order.
     *
     * @return the number of records
     */
    int read(int max, RingBuffer.Reader reader) {
        int records = 0;
        while (records < max && !turns.isEmpty()) {
            Queue queue = turns.getFirst();
            Chunk first = queue.chunks.getFirst();
            if (first.nextSize() > queue.credit) {
                queue.credit += QUANTUM;
                turns.add(turns.removeFirst());
                continue;
            }
            queue.credit -= first.nextSize();
            first.read(reader);
            records++;
            if (first.isEmpty()) {
                dropFirst(queue);
            }
        }
        return records;
    }

    private void dropFirst(Queue queue) {
        free(queue, queue.chunks.removeFirst());
        if (queue.chunks.isEmpty()) {
            turns.remove(queue);
            queues.remove(queue.container);
        }
    }

    private void free(Queue queue, Chunk chunk) {
        long size = chunk.memory.byteSize();
        queue.bytes -= size;
        used.addAndGet(-size);
        chunk.arena.close();
    }

    @Override
    public void close() {
        for (Queue queue : turns) {
            queue.chunks.forEach(chunk -> free(queue, chunk));
        }
        turns.clear();
        queues.clear();
    }
}
