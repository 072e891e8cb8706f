package io.procmon.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds copies of the kernel's records that no subscriber has requested yet. To copy a record takes far less time than to
 * decode it, so the ring has space again long before a burst is over. The memory is outside the heap, and grows and
 * shrinks with the records. Belongs to one thread; any thread may read the occupancy.
 */
final class BurstBuffer implements AutoCloseable {

    /** Large enough for the C library to map it, and to unmap it when it is freed. */
    private static final long CHUNK_SIZE = 256 * 1024;

    private static final long HEADER_SIZE = Long.BYTES;

    private final long capacity;
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private final AtomicLong used = new AtomicLong();

    /** @param capacity bytes that the buffer may use, rounded up to a chunk */
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

    /** The size of a record with its header, aligned as in the ring. */
    private static long sizeOf(int length) {
        return HEADER_SIZE + ((length + 7L) & ~7L);
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    boolean isFull() {
        return used.get() >= capacity;
    }

    /** The bytes that the buffer uses, and that it may use. */
    Occupancy occupancy() {
        return new Occupancy(used.get(), capacity);
    }

    /** Appends a copy of a record. */
    void add(MemorySegment from, long offset, int length) {
        long size = sizeOf(length);
        Chunk last = chunks.peekLast();
        if (last == null || !last.hasRoomFor(size)) {
            last = new Chunk(Math.max(CHUNK_SIZE, size));
            chunks.add(last);
            used.addAndGet(last.memory.byteSize());
        }
        last.add(from, offset, length);
    }

    /**
     * Reads up to {@code max} records in their order.
     *
     * @return the number of records
     */
    int read(int max, RingBuffer.Reader reader) {
        int records = 0;
        while (records < max && !chunks.isEmpty()) {
            Chunk first = chunks.getFirst();
            first.read(reader);
            records++;
            if (first.isEmpty()) {
                drop(chunks.removeFirst());
            }
        }
        return records;
    }

    private void drop(Chunk chunk) {
        used.addAndGet(-chunk.memory.byteSize());
        chunk.arena.close();
    }

    @Override
    public void close() {
        chunks.forEach(this::drop);
        chunks.clear();
    }
}
