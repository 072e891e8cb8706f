package io.procmon.bpf;

import java.util.Locale;

/** The kernel's programs of ours: each is a function in procmon.bpf.c. */
public enum Hook {
    /** Runs at each exec. */
    ON_EXEC,
    /** Runs at the end of each thread. */
    ON_EXIT,
    /** Runs once for each process that is there at the start. */
    TAKE_IN;

    /** The function's name. */
    public String function() {
        return name().toLowerCase(Locale.ROOT);
    }
}
