package io.procmon.classroom.workflow;

import io.procmon.process.WaitStatus;
import java.util.Locale;
import java.util.Set;

/** The way an attempt ended. */
public enum Ending {
    /** An exit with status 0. */
    OK,
    /** An exit with another status. */
    FAILED,
    /** A signal caused by an error in the program: SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL, SIGSYS, SIGTRAP. */
    CRASHED,
    /** A signal from outside: Ctrl-C, {@code timeout}, {@code kill}, a limit, the kernel's out-of-memory killer. */
    STOPPED;

    private static final Set<Integer> MISTAKES = Set.of(4, 5, 6, 7, 8, 11, 31);

    /** The value in metrics and JSON, such as {@code crashed}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Ending of(WaitStatus status) {
        if (status.isSuccess()) {
            return OK;
        }
        if (status.signal().isEmpty()) {
            return FAILED;
        }
        return MISTAKES.contains(status.signal().getAsInt()) ? CRASHED : STOPPED;
    }
}
