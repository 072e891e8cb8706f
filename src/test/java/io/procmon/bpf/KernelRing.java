package io.procmon.bpf;

import static io.procmon.ffi.Native.C_INT;
import static io.procmon.ffi.Native.C_LONG;
import static io.procmon.ffi.Native.C_POINTER;

import io.procmon.ffi.Libc;
import io.procmon.ffi.Native;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * The kernel's end of a ring buffer, on a file in memory with the pages of kernel/bpf/ringbuf.c in their order. A file
 * cannot contain the same page twice, so each byte is written twice.
 */
final class KernelRing implements AutoCloseable {

    static final int BUSY = 1 << 31;
    static final int DISCARDED = 1 << 30;

    private static final int HEADER_SIZE = 8;
    private static final VarHandle POSITION = ValueLayout.JAVA_LONG.varHandle();
    private static final MethodHandle MEMFD_CREATE =
            Native.downcall(Native.libc(), "memfd_create", FunctionDescriptor.of(C_INT, C_POINTER, C_INT));
    private static final MethodHandle FTRUNCATE =
            Native.downcall(Native.libc(), "ftruncate", FunctionDescriptor.of(C_INT, C_INT, C_LONG));

    private static final AtomicInteger RINGS = new AtomicInteger();

    private final Arena arena = Arena.ofConfined();
    private final ClosingStack acquired = new ClosingStack();
    private final Libc libc = new Libc(arena);
    private final long pageSize = libc.getpagesize();
    private final String name = "ring-" + RINGS.incrementAndGet();
    private final long size;
    private final int fd;
    private final MemorySegment memory;
    private final RingBuffer reader;
    private long position;

    /** A ring of one page, whose positions both have this value. */
    KernelRing(long position) throws Throwable {
        this.size = pageSize;
        this.position = position;
        long length = 2 * pageSize + 2 * size;
        MemorySegment errno = arena.allocate(Native.errnoLayout());
        fd = (int) MEMFD_CREATE.invokeExact(errno, arena.allocateFrom(name), 0);
        int truncated = (int) FTRUNCATE.invokeExact(errno, fd, length);
        if (truncated != 0) {
            throw new IllegalStateException("ftruncate: " + libc.strerror(Native.errno(errno)));
        }
        memory = Mapping.map(acquired, libc, "the fake ring", length, Libc.PROT_READ | Libc.PROT_WRITE, fd, 0);
        POSITION.set(memory, 0L, position);
        POSITION.set(memory, pageSize, position);
        reader = new RingBuffer(acquired, libc, fd, size, pageSize);
    }

    /** The other end. */
    RingBuffer reader() {
        return reader;
    }

    /** Maps the ring again. */
    RingBuffer map(ClosingStack mappings, Libc own, long ringSize) {
        return new RingBuffer(mappings, own, fd, ringSize, pageSize);
    }

    /** The number of mappings of the ring in this process. */
    long mappings() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.filter(line -> line.contains("/memfd:" + name)).count();
        }
    }

    /** Bytes that fit now. */
    long free() {
        return size - (position - (long) POSITION.getAcquire(memory, 0L));
    }

    /** Writes a record and makes it visible; returns its position for {@link #commit}. */
    long write(byte[] record, int flags) {
        long at = position;
        putInt(at, record.length | flags);
        for (int i = 0; i < record.length; i++) {
            put(at + HEADER_SIZE + i, record[i]);
        }
        position += (record.length + HEADER_SIZE + 7L) & ~7L;
        POSITION.setRelease(memory, pageSize, position);
        return at;
    }

    /** Completes a record that was marked as busy. */
    void commit(long at, int length, int flags) {
        putInt(at, length | flags);
    }

    @Override
    public void close() {
        acquired.close();
        libc.close(fd);
        arena.close();
    }

    private void putInt(long at, int value) {
        for (int i = 0; i < Integer.BYTES; i++) {
            put(at + i, (byte) (value >> (Byte.SIZE * i)));
        }
    }

    private void put(long at, byte value) {
        long offset = 2 * pageSize + (at & (size - 1));
        memory.set(ValueLayout.JAVA_BYTE, offset, value);
        memory.set(ValueLayout.JAVA_BYTE, offset + size, value);
    }
}
