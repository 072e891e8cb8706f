package io.procmon.classroom.workflow;

import io.procmon.process.WaitStatus;
import java.util.Locale;
import java.util.Set;

/** How an attempt ended, as far as a teacher cares. */
public enum Ending {
    /** By itself, with status 0. */
    OK,
    /** By itself, with another status. */
    FAILED,
    /** By a signal that its own mistake raised: SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL, SIGSYS, SIGTRAP. */
    CRASHED,
    /** By a signal from outside: Ctrl-C, {@code timeout}, {@code kill}, a limit, the kernel's out-of-memory killer. */
    STOPPED;

    private static final Set<Integer> MISTAKES = Set.of(4, 5, 6, 7, 8, 11, 31);

    /** As a metric or a member of JSON has it, such as {@code crashed}. */
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
