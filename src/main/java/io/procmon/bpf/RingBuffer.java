package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;

/**
 * The BPF ring buffer, mapped into this process and read in place, without a system call or an upcall for a record. The
 * protocol is that of kernel/bpf/ringbuf.c. Page 0 holds the consumer's position, page 1 the producers' position. The
 * data follows; it is mapped twice in a row, so that no record wraps. Each record has a header of 8 bytes. Its first
 * word is the length with two flags. One thread reads; any thread may ask for the number of available bytes.
 *
 * <p>Positions and headers are read by buffers and ordered by fences. In a native executable, the {@code VarHandle} of
 * a class that is initialised at run time is not a constant of the compiled code, and its access is slow.
 */
final class RingBuffer {

    /** Reads one record; must not keep the memory. */
    @FunctionalInterface
    interface Reader {
        void read(MemorySegment memory, long offset, int size);
    }

    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;
    private static final int HEADER_SIZE = 8;

    private static final int PRODUCER = 0;

    private final LongBuffer consumerPosition;
    private final ByteBuffer producerPositionAndHeaders;
    private final MemorySegment producerPageAndData;
    private final long pageSize;
    private final long size;

    /**
     * @param acquired unmaps the ring when it is closed
     * @param fd the map's file descriptor
     * @param size bytes of the ring, a power of two
     * @throws BpfException if the kernel refuses to map it
     */
    RingBuffer(ClosingStack acquired, Libc libc, int fd, long size, long pageSize) {
        this.size = size;
        this.pageSize = pageSize;
        int readWrite = Libc.PROT_READ | Libc.PROT_WRITE;
        consumerPosition = Mapping.longs(
                Mapping.map(acquired, libc, "the ring buffer's consumer page", pageSize, readWrite, fd, 0));
        producerPageAndData = Mapping.map(
                acquired, libc, "the ring buffer's data", pageSize + 2 * size, Libc.PROT_READ, fd, pageSize);
        producerPositionAndHeaders = Mapping.bytes(producerPageAndData.asSlice(0, pageSize + size));
    }

    /** Bytes of the records that are written or being written, and not yet read. */
    long available() {
        long consumer = consumerPosition.get(0);
        return producer() - consumer;
    }

    /** Bytes that the ring can hold. */
    long size() {
        return size;
    }

    /**
     * Reads up to {@code max} records in their order.
     *
     * @return the number of records
     */
    int read(int max, Reader reader) {
        long consumer = consumerPosition.get(0);
        long producer = producer();
        int records = 0;
        while (records < max && consumer < producer) {
            long offset = pageSize + (consumer & (size - 1));
            int header = producerPositionAndHeaders.getInt((int) offset);
            VarHandle.acquireFence();
            if ((header & BUSY) != 0) {
                break;
            }
            int length = header & ~DISCARDED;
            if ((header & DISCARDED) == 0) {
                reader.read(producerPageAndData, offset + HEADER_SIZE, length);
                records++;
            }
            consumer += (length + HEADER_SIZE + 7L) & ~7L;
            VarHandle.releaseFence();
            consumerPosition.put(0, consumer);
        }
        return records;
    }

    private long producer() {
        long position = producerPositionAndHeaders.getLong(PRODUCER);
        VarHandle.acquireFence();
        return position;
    }
}
