package io.procmon.bpf;

import java.lang.foreign.MemorySegment;

/** Memory shared with the kernel. */
final class Mapping {

    private static final long MAP_FAILED = -1;

    private Mapping() {}

    /**
     * Maps a file descriptor's pages, shared.
     *
     * @param what names them in the error
     * @throws BpfException.NotPermitted if the kernel refuses
     */
    static MemorySegment map(Libc libc, String what, long length, int protection, int fd, long offset) {
        MemorySegment address = libc.mmap(length, protection, Libc.MAP_SHARED, fd, offset);
        if (address.address() == MAP_FAILED) {
            throw new BpfException.NotPermitted(
                    "map %s (%d bytes): %s".formatted(what, length, libc.strerror(libc.errno())));
        }
        return address.reinterpret(length);
    }
}
