package io.procmon.bpf;

import java.util.Locale;

/** The reason why a record of the kernel never reached the stream. */
public enum Loss {
    /** The ring had no space for an exec: the reader is too slow. */
    EXEC_RING_FULL,
    /** The table of watched processes had no place for an exec. */
    EXEC_TABLE_FULL,
    /** An exec ran on a processor that appeared after the start. */
    EXEC_NO_SCRATCH,
    /** The container of an exec starts more programs than {@code procmon.kernel.exec-rate} permits. */
    EXEC_THROTTLED,
    /** The container of an exec holds as many places in the table of watched processes as one container may. */
    EXEC_CROWDED,
    /** The container of an exec holds its share of the memory for bursts. */
    EXEC_OVER_SHARE,
    /** A hook was called while it ran on the same processor, and the kernel skipped the second call. */
    RECURSION,
    /** The record could not be decoded: the kernel program does not belong to this build. */
    MALFORMED;

    /** The label in metrics and logs, such as {@code exec_ring_full}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
