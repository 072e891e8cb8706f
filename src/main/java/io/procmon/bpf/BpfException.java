package io.procmon.bpf;

/** Why the kernel cannot be watched. Each message says what happened, to what, and what to do about it. */
public abstract sealed class BpfException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private BpfException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The status that the service exits with, as sysexits.h names them. */
    public int exitCode() {
        return exitCode;
    }

    /** libbpf is not there, or lacks a function. Exit status 69, EX_UNAVAILABLE. */
    public static final class LibraryMissing extends BpfException {
        private static final long serialVersionUID = 1L;

        LibraryMissing(String message) {
            super(69, message);
        }
    }

    /** A capability is missing, or a security module forbids it. Exit status 77, EX_NOPERM. */
    public static final class NotPermitted extends BpfException {
        private static final long serialVersionUID = 1L;

        NotPermitted(String message) {
            super(77, message);
        }
    }

    /** The kernel has no BTF, no BPF ring buffer or is older than 5.15. Exit status 69, EX_UNAVAILABLE. */
    public static final class KernelUnsupported extends BpfException {
        private static final long serialVersionUID = 1L;

        KernelUnsupported(String message) {
            super(69, message);
        }
    }

    /** The kernel's verifier refused the program; the message ends with its last lines. Exit status 70, EX_SOFTWARE. */
    public static final class Rejected extends BpfException {
        private static final long serialVersionUID = 1L;

        Rejected(String message) {
            super(70, message);
        }
    }
}
