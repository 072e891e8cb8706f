package io.procmon.ffi;

import static io.procmon.ffi.Native.C_INT;
import static io.procmon.ffi.Native.C_LONG;
import static io.procmon.ffi.Native.C_POINTER;
import static io.procmon.ffi.Native.downcall;
import static io.procmon.ffi.Native.impossible;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The functions of the C library that procmon uses, each under its C name and with its C signature in Java types. An
 * instance belongs to one thread; {@link #errno()} returns the error number of its last call.
 */
public final class Libc {

    public static final int PROT_READ = 0x1;
    public static final int PROT_WRITE = 0x2;
    public static final int MAP_SHARED = 0x01;
    public static final int MADV_REMOVE = 9;
    /** The option of {@link #mallopt} for the size from which a block has a mapping of its own: mallopt(3). */
    public static final int M_MMAP_THRESHOLD = -3;

    public static final int EPOLL_CTL_ADD = 1;
    public static final int EPOLLIN = 0x001;
    public static final int EPOLLET = 1 << 31;
    public static final int EFD_CLOEXEC = 0x80000;
    public static final int EFD_NONBLOCK = 0x800;
    public static final int CLOCK_REALTIME = 0;
    public static final int CLOCK_BOOTTIME = 7;
    public static final int AT_FDCWD = -100;
    public static final int AT_EMPTY_PATH = 0x1000;
    public static final int AT_STATX_FORCE_SYNC = 0x2000;
    public static final int AT_STATX_DONT_SYNC = 0x4000;
    public static final int O_RDONLY = 0;
    public static final int O_WRONLY = 0x1;
    public static final int O_NOCTTY = 0x100;
    public static final int O_NONBLOCK = 0x800;
    /** A flag whose value depends on the processor: arch/arm64/include/uapi/asm/fcntl.h. */
    public static final int O_NOFOLLOW = System.getProperty("os.arch").equals("aarch64") ? 0x8000 : 0x20000;

    public static final int O_CLOEXEC = 0x80000;
    public static final int O_PATH = 0x200000;
    public static final int RESOLVE_NO_XDEV = 0x01;
    public static final int RESOLVE_NO_MAGICLINKS = 0x02;
    public static final int RESOLVE_BENEATH = 0x08;
    public static final int RESOLVE_IN_ROOT = 0x10;
    public static final int RESOLVE_CACHED = 0x20;
    public static final int STATX_TYPE = 0x1;
    public static final int STATX_MODE = 0x2;
    public static final int STATX_UID = 0x8;
    public static final int STATX_GID = 0x10;
    public static final int STATX_MTIME = 0x40;
    public static final int STATX_INO = 0x100;
    public static final int STATX_SIZE = 0x200;
    public static final int EPERM = 1;
    public static final int ENOENT = 2;
    public static final int ESRCH = 3;
    public static final int EINTR = 4;
    public static final int EIO = 5;
    public static final int EAGAIN = 11;
    public static final int ENOMEM = 12;
    public static final int EACCES = 13;
    public static final int EINVAL = 22;
    public static final int ENFILE = 23;
    public static final int EMFILE = 24;
    public static final int ENOSYS = 38;
    public static final int EOPNOTSUPP = 95;
    public static final int ETIMEDOUT = 110;
    public static final int EHOSTDOWN = 112;
    public static final int ESTALE = 116;

    /** An error number of the kernel that the C library does not define: include/linux/errno.h. */
    public static final int ENOTSUPP = 524;

    private static final SymbolLookup LIBC = Native.libc();

    private static final MethodHandle mmap =
            downcall(LIBC, "mmap", FunctionDescriptor.of(C_POINTER, C_POINTER, C_LONG, C_INT, C_INT, C_INT, C_LONG));
    private static final MethodHandle munmap =
            downcall(LIBC, "munmap", FunctionDescriptor.of(C_INT, C_POINTER, C_LONG));
    private static final MethodHandle madvise =
            downcall(LIBC, "madvise", FunctionDescriptor.of(C_INT, C_POINTER, C_LONG, C_INT));
    /** Only the GNU C library has it. */
    private static final Optional<MethodHandle> mallopt =
            LIBC.find("mallopt").map(_ -> downcall(LIBC, "mallopt", FunctionDescriptor.of(C_INT, C_INT, C_INT)));

    private static final MethodHandle epoll_create1 =
            downcall(LIBC, "epoll_create1", FunctionDescriptor.of(C_INT, C_INT));
    private static final MethodHandle epoll_ctl =
            downcall(LIBC, "epoll_ctl", FunctionDescriptor.of(C_INT, C_INT, C_INT, C_INT, C_POINTER));
    private static final MethodHandle epoll_wait =
            downcall(LIBC, "epoll_wait", FunctionDescriptor.of(C_INT, C_INT, C_POINTER, C_INT, C_INT));
    private static final MethodHandle eventfd = downcall(LIBC, "eventfd", FunctionDescriptor.of(C_INT, C_INT, C_INT));
    private static final MethodHandle eventfd_write =
            downcall(LIBC, "eventfd_write", FunctionDescriptor.of(C_INT, C_INT, C_LONG));
    private static final MethodHandle openat =
            downcall(LIBC, "openat", FunctionDescriptor.of(C_INT, C_INT, C_POINTER, C_INT));
    private static final MethodHandle syscall =
            downcall(LIBC, "syscall", FunctionDescriptor.of(C_LONG, C_LONG, C_INT, C_POINTER, C_POINTER, C_LONG));
    private static final MethodHandle statx =
            downcall(LIBC, "statx", FunctionDescriptor.of(C_INT, C_INT, C_POINTER, C_INT, C_INT, C_POINTER));
    private static final MethodHandle read =
            downcall(LIBC, "read", FunctionDescriptor.of(C_LONG, C_INT, C_POINTER, C_LONG));
    private static final MethodHandle pread =
            downcall(LIBC, "pread", FunctionDescriptor.of(C_LONG, C_INT, C_POINTER, C_LONG, C_LONG));
    private static final MethodHandle write =
            downcall(LIBC, "write", FunctionDescriptor.of(C_LONG, C_INT, C_POINTER, C_LONG));
    private static final MethodHandle writev =
            downcall(LIBC, "writev", FunctionDescriptor.of(C_LONG, C_INT, C_POINTER, C_INT));
    private static final MethodHandle readlinkat =
            downcall(LIBC, "readlinkat", FunctionDescriptor.of(C_LONG, C_INT, C_POINTER, C_POINTER, C_LONG));
    private static final MethodHandle getxattr =
            downcall(LIBC, "getxattr", FunctionDescriptor.of(C_LONG, C_POINTER, C_POINTER, C_POINTER, C_LONG));
    private static final MethodHandle execv =
            downcall(LIBC, "execv", FunctionDescriptor.of(C_INT, C_POINTER, C_POINTER));
    private static final MethodHandle close = downcall(LIBC, "close", FunctionDescriptor.of(C_INT, C_INT));
    private static final MethodHandle clock_gettime =
            downcall(LIBC, "clock_gettime", FunctionDescriptor.of(C_INT, C_INT, C_POINTER));
    private static final MethodHandle getpagesize = downcall(LIBC, "getpagesize", FunctionDescriptor.of(C_INT));
    private static final MethodHandle strerror = downcall(LIBC, "strerror", FunctionDescriptor.of(C_POINTER, C_INT));

    /**
     * Equal on all processors, like the number of each system call since Linux 5.1: include/uapi/asm-generic/unistd.h.
     */
    private static final long SYS_OPENAT2 = 437;

    private final MemorySegment errno;

    public Libc(Arena arena) {
        errno = arena.allocate(Native.errnoLayout());
    }

    public int errno() {
        return Native.errno(errno);
    }

    public MemorySegment mmap(long length, int protection, int flags, int fd, long offset) {
        try {
            return (MemorySegment) mmap.invokeExact(errno, MemorySegment.NULL, length, protection, flags, fd, offset);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int munmap(MemorySegment address, long length) {
        try {
            return (int) munmap.invokeExact(errno, address, length);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int madvise(MemorySegment address, long length, int advice) {
        try {
            return (int) madvise.invokeExact(errno, address, length, advice);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Returns 1, or 0 if the option is invalid or the C library has no such function. */
    public int mallopt(int option, int value) {
        try {
            return mallopt.isPresent() ? (int) mallopt.get().invokeExact(errno, option, value) : 0;
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int epoll_create1(int flags) {
        try {
            return (int) epoll_create1.invokeExact(errno, flags);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int epoll_ctl(int epfd, int op, int fd, MemorySegment event) {
        try {
            return (int) epoll_ctl.invokeExact(errno, epfd, op, fd, event);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int epoll_wait(int epfd, MemorySegment events, int maxEvents, int timeoutMillis) {
        try {
            return (int) epoll_wait.invokeExact(errno, epfd, events, maxEvents, timeoutMillis);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int eventfd(int initialValue, int flags) {
        try {
            return (int) eventfd.invokeExact(errno, initialValue, flags);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int eventfd_write(int fd, long value) {
        try {
            return (int) eventfd_write.invokeExact(errno, fd, value);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int openat(int directory, MemorySegment path, int flags) {
        try {
            return (int) openat.invokeExact(errno, directory, path, flags);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Calls openat2(2) by its number, because the C library has no function for it. */
    public int openat2(int directory, MemorySegment path, MemorySegment how) {
        try {
            return (int) (long) syscall.invokeExact(errno, SYS_OPENAT2, directory, path, how, how.byteSize());
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int statx(int directory, MemorySegment path, int flags, int mask, MemorySegment statx) {
        try {
            return (int) Libc.statx.invokeExact(errno, directory, path, flags, mask, statx);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public long read(int fd, MemorySegment buffer, long count) {
        try {
            return (long) read.invokeExact(errno, fd, buffer, count);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public long pread(int fd, MemorySegment buffer, long count, long offset) {
        try {
            return (long) pread.invokeExact(errno, fd, buffer, count, offset);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public long write(int fd, MemorySegment bytes, long count) {
        try {
            return (long) write.invokeExact(errno, fd, bytes, count);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public long writev(int fd, MemorySegment segments, int count) {
        try {
            return (long) writev.invokeExact(errno, fd, segments, count);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public long readlinkat(int directory, MemorySegment path, MemorySegment buffer, long size) {
        try {
            return (long) readlinkat.invokeExact(errno, directory, path, buffer, size);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public long getxattr(MemorySegment path, MemorySegment name, MemorySegment value, long size) {
        try {
            return (long) getxattr.invokeExact(errno, path, name, value, size);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    /** Replaces the program of this process. It returns only if that fails. */
    public int execv(MemorySegment path, MemorySegment arguments) {
        try {
            return (int) execv.invokeExact(errno, path, arguments);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int close(int fd) {
        try {
            return (int) close.invokeExact(errno, fd);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int clock_gettime(int clock, MemorySegment timespec) {
        try {
            return (int) clock_gettime.invokeExact(errno, clock, timespec);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public int getpagesize() {
        try {
            return (int) getpagesize.invokeExact(errno);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }

    public String strerror(int code) {
        try {
            MemorySegment text = (MemorySegment) strerror.invokeExact(errno, code);
            return text.reinterpret(256).getString(0);
        } catch (Throwable e) {
            throw impossible(e);
        }
    }
}
