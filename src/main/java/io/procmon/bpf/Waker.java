package io.procmon.bpf;

import io.procmon.ffi.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;

/**
 * Waits for a wake-up of the kernel program or of another thread. The wait is edge-triggered: a record that the program
 * submitted without a wake-up does not end the wait (fs/eventpoll.c checks the ring only after its wait queue was woken).
 * The wait belongs to one thread; any thread may wake it.
 */
final class Waker {

    /** {@code struct epoll_event}: packed to 12 bytes on x86-64 only; the events come first everywhere. */
    private static final int EPOLL_EVENT_SIZE = 16;

    private static final int CLOSED = -1;

    private final Libc libc;
    private final int epoll;
    private final MemorySegment event;
    private int wakeUps;

    /**
     * @param acquired closes the file descriptors when it is closed
     * @param ring the ring buffer's file descriptor
     * @throws BpfException if the kernel refuses
     */
    Waker(ClosingStack acquired, Libc libc, Arena arena, int ring) {
        this.libc = libc;
        event = arena.allocate(EPOLL_EVENT_SIZE, 8);
        epoll = acquired.push(checked("epoll_create1", libc.epoll_create1(0)), libc::close);
        wakeUps = checked("eventfd", libc.eventfd(0, Libc.EFD_CLOEXEC | Libc.EFD_NONBLOCK));
        acquired.push(this, Waker::closeWakeUps);
        add(ring);
        add(wakeUps);
    }

    /** Waits for a wake-up for at most {@code timeout}. A wake-up that came before the wait ends it at once. */
    void await(Duration timeout) {
        int result = libc.epoll_wait(epoll, event, 1, (int) timeout.toMillis());
        if (result < 0 && libc.errno() != Libc.EINTR) {
            checked("epoll_wait", result);
        }
    }

    /** Ends the current or the next wait; for any thread, also after the end. */
    synchronized void wake() {
        if (wakeUps != CLOSED) {
            try (Arena arena = Arena.ofConfined()) {
                new Libc(arena).eventfd_write(wakeUps, 1);
            }
        }
    }

    /** Closes the descriptor. No other thread may write to it meanwhile: its number could already be that of another file. */
    private synchronized void closeWakeUps() {
        libc.close(wakeUps);
        wakeUps = CLOSED;
    }

    private void add(int fd) {
        event.set(ValueLayout.JAVA_INT, 0, Libc.EPOLLIN | Libc.EPOLLET);
        checked("epoll_ctl", libc.epoll_ctl(epoll, Libc.EPOLL_CTL_ADD, fd, event));
    }

    private int checked(String function, int result) {
        if (result < 0) {
            int errno = libc.errno();
            throw BpfException.of(function + " for the ring buffer", errno, libc.strerror(errno));
        }
        return result;
    }
}
