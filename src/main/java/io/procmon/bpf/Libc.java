package io.procmon.bpf;

import static io.procmon.bpf.Native.C_INT;
import static io.procmon.bpf.Native.C_LONG;
import static io.procmon.bpf.Native.C_POINTER;
import static io.procmon.bpf.Native.downcall;
import static io.procmon.bpf.Native.impossible;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/**
 * The functions of the C library that the ring buffer needs: each once, under its C name, with its C signature in Java
 * types. An instance belongs to one thread; {@link #errno()} is that of its last call.
 */
final class Libc {

    static final int PROT_READ = 0x1;
    static final int PROT_WRITE = 0x2;
    static final int MAP_SHARED = 0x01;
    static final int EPOLL_CTL_ADD = 1;
    static final int EPOLLIN = 0x001;
    static final int EPOLLET = 1 << 31;
    static final int CLOCK_REALTIME = 0;
    static final int CLOCK_BOOTTIME = 7;
    static final int EPERM = 1;
    static final int EINTR = 4;
    static final int EACCES = 13;

    private static final SymbolLookup LIBC = Native.libc();

    private static final MethodHandle mmap =
            downcall(LIBC, "mmap", FunctionDescriptor.of(C_POINTER, C_POINTER, C_LONG, C_INT, C_INT, C_INT, C_LONG));
    private static final MethodHandle munmap =
            downcall(LIBC, "munmap", FunctionDescriptor.of(C_INT, C_POINTER, C_LONG));
    private static final MethodHandle epoll_create1 =
            downcall(LIBC, "epoll_create1", FunctionDescriptor.of(C_INT, C_INT));
    private static final MethodHandle epoll_ctl =
            downcall(LIBC, "epoll_ctl", FunctionDescriptor.of(C_INT, C_INT, C_INT, C_INT, C_POINTER));
    private static final MethodHandle epoll_wait =
            downcall(LIBC, "epoll_wait", FunctionDescriptor.of(C_INT, C_INT, C_POINTER, C_INT, C_INT));
    private static final MethodHandle read =
            downcall(LIBC, "read", FunctionDescriptor.of(C_LONG, C_INT, C_POINTER, C_LONG));
    private static final MethodHandle close = downcall(LIBC, "close", FunctionDescriptor.of(C_INT, C_INT));
    private static final MethodHandle clock_gettime =
            downcall(LIBC, "clock_gettime", FunctionDescriptor.of(C_INT, C_INT, C_POINTER));
    private static final MethodHandle getpagesize = downcall(LIBC, "getpagesize", FunctionDescriptor.of(C_INT));
    private static final MethodHandle strerror = downcall(LIBC, "strerror", FunctionDescriptor.of(C_POINTER, C_INT));

    private final MemorySegment errno;

    Libc(Arena arena) {
        errno = arena.allocate(Native.errnoLayout());
    }

    int errno() {
        return Native.errno(errno);
    }

    MemorySegment mmap(long length, int protection, int flags, int fd, long offset) {
        try {
            return (MemorySegment) mmap.invokeExact(errno, MemorySegment.NULL, length, protection, flags, fd, offset);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int munmap(MemorySegment address, long length) {
        try {
            return (int) munmap.invokeExact(errno, address, length);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int epoll_create1(int flags) {
        try {
            return (int) epoll_create1.invokeExact(errno, flags);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int epoll_ctl(int epfd, int op, int fd, MemorySegment event) {
        try {
            return (int) epoll_ctl.invokeExact(errno, epfd, op, fd, event);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int epoll_wait(int epfd, MemorySegment events, int maxEvents, int timeoutMillis) {
        try {
            return (int) epoll_wait.invokeExact(errno, epfd, events, maxEvents, timeoutMillis);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    long read(int fd, MemorySegment buffer, long count) {
        try {
            return (long) read.invokeExact(errno, fd, buffer, count);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int close(int fd) {
        try {
            return (int) close.invokeExact(errno, fd);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int clock_gettime(int clock, MemorySegment timespec) {
        try {
            return (int) clock_gettime.invokeExact(errno, clock, timespec);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    int getpagesize() {
        try {
            return (int) getpagesize.invokeExact(errno);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    String strerror(int code) {
        try {
            MemorySegment text = (MemorySegment) strerror.invokeExact(errno, code);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }
}
