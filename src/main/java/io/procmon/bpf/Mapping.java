package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.nio.LongBuffer;

/** Memory shared with the kernel. */
final class Mapping {

    private static final long MAP_FAILED = -1;

    private Mapping() {}

    /**
     * Maps a file descriptor's pages, shared.
     *
     * @param acquired unmaps them when it is closed
     * @param what names them in the error
     * @throws BpfException if the kernel refuses
     */
    static MemorySegment map(
            ClosingStack acquired, Libc libc, String what, long length, int protection, int fd, long offset) {
        MemorySegment address = libc.mmap(length, protection, Libc.MAP_SHARED, fd, offset);
        if (address.address() == MAP_FAILED) {
            int errno = libc.errno();
            throw BpfException.of("map %s (%d bytes)".formatted(what, length), errno, libc.strerror(errno));
        }
        return acquired.push(address.reinterpret(length), memory -> libc.munmap(memory, memory.byteSize()));
    }

    /** The size of the pages that hold a number of bytes. Only whole pages can be mapped. */
    static long wholePages(long bytes, long pageSize) {
        return Math.ceilDiv(bytes, pageSize) * pageSize;
    }

    /** A view of mapped memory as bytes. */
    static ByteBuffer bytes(MemorySegment memory) {
        return memory.asByteBuffer().order(ByteOrder.nativeOrder());
    }

    /** A view of mapped memory as 64-bit words. An access is atomic, and ordered only by fences. */
    static LongBuffer longs(MemorySegment memory) {
        return bytes(memory).asLongBuffer();
    }

    /** A view of mapped memory as 32-bit words. An access is atomic, and ordered only by fences. */
    static IntBuffer ints(MemorySegment memory) {
        return bytes(memory).asIntBuffer();
    }
}
