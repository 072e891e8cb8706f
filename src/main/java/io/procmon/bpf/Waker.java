package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Waits for the kernel program's wake-up. Edge-triggered: a record alone, which the program submitted without waking,
 * does not end the wait (fs/eventpoll.c looks at the ring only after its wait queue was woken).
 */
final class Waker {

    /** {@code struct epoll_event}: packed to 12 bytes on x86-64 only; the events come first everywhere. */
    private static final int EPOLL_EVENT_SIZE = 16;

    private final Libc libc;
    private final int epoll;
    private final MemorySegment event;

    /**
     * @param acquired closes the epoll instance when it is closed
     * @param fd the ring buffer's file descriptor
     * @throws BpfException if the kernel refuses
     */
    Waker(ClosingStack acquired, Libc libc, Arena arena, int fd) {
        this.libc = libc;
        this.event = arena.allocate(EPOLL_EVENT_SIZE, 8);
        this.epoll = acquired.push(checked("epoll_create1", libc.epoll_create1(0)), libc::close);
        event.set(ValueLayout.JAVA_INT, 0, Libc.EPOLLIN | Libc.EPOLLET);
        checked("epoll_ctl", libc.epoll_ctl(epoll, Libc.EPOLL_CTL_ADD, fd, event));
    }

    /** Waits for a wake-up, but not longer than this. */
    void await(Duration timeout) {
        int result = libc.epoll_wait(epoll, event, 1, (int) timeout.toMillis());
        if (result < 0 && libc.errno() != Libc.EINTR) {
            checked("epoll_wait", result);
        }
    }

    private int checked(String function, int result) {
        if (result < 0) {
            int errno = libc.errno();
            throw BpfException.of(function + " on the ring buffer", errno, libc.strerror(errno));
        }
        return result;
    }
}
