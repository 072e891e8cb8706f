package io.procmon.bpf;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Records that came faster than anybody asked for them, as the kernel wrote them: to copy one takes next to nothing of the
 * time that it takes to understand it, so the ring has room again long before the burst is over. The memory is not the
 * heap's, and there is only as much as there are records. Belongs to one thread.
 */
final class BurstBuffer implements AutoCloseable {

    /** Large enough for libc to get it from the kernel, and to give it back. */
    private static final long CHUNK_SIZE = 256 * 1024;

    private static final long HEADER_SIZE = Long.BYTES;

    private final long capacity;
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private long used;

    /** @param capacity bytes that it may take, roughly */
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

    /** Of a record with its header, aligned as in the ring. */
    private static long sizeOf(int length) {
        return HEADER_SIZE + ((length + 7L) & ~7L);
    }

    boolean isEmpty() {
        return chunks.isEmpty();
    }

    boolean isFull() {
        return used >= capacity;
    }

    /** Bytes that it takes, and that it may take. */
    Occupancy occupancy() {
        return new Occupancy(used, capacity);
    }

    /** Keeps a copy of a record, behind the others. */
    void add(MemorySegment from, long offset, int length) {
        long size = sizeOf(length);
        Chunk last = chunks.peekLast();
        if (last == null || !last.hasRoomFor(size)) {
            last = new Chunk(Math.max(CHUNK_SIZE, size));
            chunks.add(last);
            used += last.memory.byteSize();
        }
        last.add(from, offset, length);
    }

    /**
     * Reads up to {@code max} records in their order.
     *
     * @return how many
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
        used -= chunk.memory.byteSize();
        chunk.arena.close();
    }

    @Override
    public void close() {
        chunks.forEach(this::drop);
        chunks.clear();
    }
}
