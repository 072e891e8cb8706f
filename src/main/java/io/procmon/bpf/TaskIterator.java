package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Makes the kernel send an exec record for each student process that runs now, a few at a time: the program writes one
 * byte for each record, and a read ends when the program has written the requested number of bytes (bpf_seq_read in
 * kernel/bpf/bpf_iter.c). Belongs to one thread.
 */
final class TaskIterator implements AutoCloseable {

    private final ClosingStack acquired = new ClosingStack();
    private final Libc libc;
    private final int descriptor;
    private final MemorySegment buffer;

    /**
     * @param link the attached program, which the iterator releases
     * @param atOnce the records that one step sends at most
     * @throws BpfException if the kernel refuses
     */
    TaskIterator(Libc libc, Libbpf libbpf, Arena arena, MemorySegment link, int atOnce) {
        this.libc = libc;
        this.buffer = arena.allocate(atOnce);
        try {
            acquired.push(link, libbpf::bpf_link__destroy);
            descriptor = libbpf.bpf_iter_create(libbpf.bpf_link__fd(link));
            if (descriptor < 0) {
                throw BpfException.of("create the task iterator", -descriptor, libc.strerror(-descriptor));
            }
            acquired.push(descriptor, libc::close);
        } catch (Throwable e) {
            acquired.closeAfter(e);
            throw e;
        }
    }

    /**
     * Sends the next records.
     *
     * @return whether there may be more
     * @throws BpfException if the kernel refuses
     */
    boolean next() {
        long read = libc.read(descriptor, buffer, buffer.byteSize());
        int errno = libc.errno();
        if (read < 0 && errno != Libc.EINTR && errno != Libc.EAGAIN) {
            throw BpfException.of("read the task iterator", errno, libc.strerror(errno));
        }
        return read != 0;
    }

    @Override
    public void close() {
        acquired.close();
    }
}
