package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * The BPF ring buffer, mapped into this process and read in place: no system call and no upcall for a record. The
 * protocol is that of kernel/bpf/ringbuf.c: page 0 holds the consumer's position, page 1 the producers', then the data
 * follows, mapped twice in a row so that no record wraps. Each record has a header of 8 bytes, whose first word is its
 * length with two flags. One thread reads.
 */
final class RingBuffer {

    /** Takes one record out of the ring; may not keep the memory. */
    @FunctionalInterface
    interface Reader {
        void read(MemorySegment memory, long offset, int size);
    }

    private static final int BUSY = 1 << 31;
    private static final int DISCARDED = 1 << 30;
    private static final int HEADER_SIZE = 8;

    private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
    private static final VarHandle HEADER = ValueLayout.JAVA_INT.varHandle();

    private final MemorySegment consumerPage;
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
        consumerPage = Mapping.map(acquired, libc, "the ring buffer's consumer page", pageSize, readWrite, fd, 0);
        producerPageAndData =
                Mapping.map(acquired, libc, "the ring buffer's data", pageSize + 2 * size, Libc.PROT_READ, fd, pageSize);
    }

    /** Bytes of records that wait, and of those that are being written. */
    long available() {
        return (long) POSITION.getAcquire(producerPageAndData, 0L) - (long) POSITION.get(consumerPage, 0L);
    }

    /** Bytes that the ring can hold. */
    long size() {
        return size;
    }

    /**
     * Reads up to {@code max} records in their order.
     *
     * @return how many
     */
    int read(int max, Reader reader) {
        long consumer = (long) POSITION.get(consumerPage, 0L);
        long producer = (long) POSITION.getAcquire(producerPageAndData, 0L);
        int records = 0;
        while (records < max && consumer < producer) {
            long offset = pageSize + (consumer & (size - 1));
            int header = (int) HEADER.getAcquire(producerPageAndData, offset);
            if ((header & BUSY) != 0) {
                break;
            }
            int length = header & ~DISCARDED;
            if ((header & DISCARDED) == 0) {
                reader.read(producerPageAndData, offset + HEADER_SIZE, length);
                records++;
            }
            consumer += (length + HEADER_SIZE + 7L) & ~7L;
            POSITION.setRelease(consumerPage, 0L, consumer);
        }
        return records;
    }
}
