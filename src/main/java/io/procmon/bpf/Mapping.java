package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.lang.foreign.MemorySegment;

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
}
