package io.procmon.bpf;

import io.procmon.ffi.Libc;

/**
 * The reason why the kernel cannot be watched. Each message says what was attempted, why it failed, and what to do. The
 * exit statuses are those of sysexits.h.
 */
public abstract sealed class BpfException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private BpfException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /**
     * Decides by the error number of a failed call.
     *
     * @param attempt what was attempted, such as {@code map the ring buffer's data (8192 bytes)}
     * @param errno the positive error number
     * @param error the text of the error number
     */
    static BpfException of(String attempt, int errno, String error) {
        String message = attempt + ": " + error;
        return switch (errno) {
            case Libc.EPERM, Libc.EACCES ->
                new NotPermitted(message + Privileges.ours().remedy());
            case Libc.ENOMEM, Libc.EAGAIN -> new OutOfMemory(message);
            case Libc.EMFILE, Libc.ENFILE -> new TooManyFiles(message);
            case Libc.ENOSYS, Libc.EINVAL, Libc.EOPNOTSUPP, Libc.ENOTSUPP, Libc.ENOENT, Libc.ESRCH ->
                new KernelUnsupported(message + "; " + KernelInfo.requirement());
            default -> new SystemError(message);
        };
    }

    /**
     * Decides by the error number of a failed load. The verifier reports a program that it rejects by several error
     * numbers, and writes its reasons to a log.
     *
     * @param errno the positive error number
     * @param error the text of the error number
     * @param verifierLog what the verifier wrote; blank if the kernel did not reject the program itself
     */
    static BpfException ofLoad(int errno, String error, String verifierLog) {
        BpfException reason = of("load the kernel program", errno, error);
        return switch (reason) {
            case NotPermitted it when errno == Libc.EPERM || verifierLog.isBlank() -> it;
            case OutOfMemory it -> it;
            case TooManyFiles it -> it;
            case BpfException _
            when isUnsupported() ->
                new KernelUnsupported("load the kernel program: %s; %s".formatted(error, KernelInfo.unsupported()));
            case BpfException it when verifierLog.isBlank() -> it;
            case BpfException _ ->
                new Rejected("load the kernel program: %s; the verifier said:%n%s".formatted(error, verifierLog));
        };
    }

    private static boolean isUnsupported() {
        return !KernelInfo.unsupported().isEmpty();
    }

    /** The status that the service exits with. */
    public int exitCode() {
        return exitCode;
    }

    /** libbpf is not installed, or lacks a function. Exit status 69, EX_UNAVAILABLE. */
    public static final class LibraryMissing extends BpfException {
        private static final long serialVersionUID = 1L;

        public LibraryMissing(String message) {
            super(69, message);
        }
    }

    /** A capability is missing, or a security module forbids the call. Exit status 77, EX_NOPERM. */
    public static final class NotPermitted extends BpfException {
        private static final long serialVersionUID = 1L;

        public NotPermitted(String message) {
            super(77, message);
        }
    }

    /** The kernel has no BTF, lacks a function, or is older than 5.15. Exit status 69, EX_UNAVAILABLE. */
    public static final class KernelUnsupported extends BpfException {
        private static final long serialVersionUID = 1L;

        public KernelUnsupported(String message) {
            super(69, message);
        }
    }

    /** The kernel has no memory for a map or a mapping. Exit status 71, EX_OSERR. */
    public static final class OutOfMemory extends BpfException {
        private static final long serialVersionUID = 1L;

        OutOfMemory(String message) {
            super(
                    71,
                    message
                            + "; raise the memory limit of the container or of the unit, or lower procmon.kernel.ring-size or procmon.kernel.processes");
        }
    }

    /** The process or the system has reached its limit of open files. Exit status 71, EX_OSERR. */
    public static final class TooManyFiles extends BpfException {
        private static final long serialVersionUID = 1L;

        TooManyFiles(String message) {
            super(71, message + "; raise the limit of open files: LimitNOFILE= of the unit, ulimit -n, or fs.file-max");
        }
    }

    /** The kernel reported an error that has no known remedy. Exit status 71, EX_OSERR. */
    public static final class SystemError extends BpfException {
        private static final long serialVersionUID = 1L;

        SystemError(String message) {
            super(71, message);
        }
    }

    /** The kernel's verifier rejected the program; the message ends with its last lines. Exit status 70, EX_SOFTWARE. */
    public static final class Rejected extends BpfException {
        private static final long serialVersionUID = 1L;

        public Rejected(String message) {
            super(70, message);
        }
    }
}
