package io.procmon.bpf;

import java.util.Locale;

/** The hooks of the kernel program: each is a function in procmon.bpf.c. */
public enum Hook {
    /** Runs at each exec. */
    ON_EXEC,
    /** Runs at each signal: an exec that fails too late to return ends with one. */
    ON_SIGNAL,
    /** Runs at the end of each thread. */
    ON_EXIT,
    /** Runs at the start, once for each process. */
    TAKE_IN;

    /** The name of the function. */
    public String function() {
        return name().toLowerCase(Locale.ROOT);
    }
}
