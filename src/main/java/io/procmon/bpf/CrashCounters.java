package io.procmon.bpf;

/**
 * The counters of the capture of crashes.
 *
 * @param crashes processes of which the kernel program has kept where a signal ended them
 * @param lost processes for which it had no place
 */
public record CrashCounters(long crashes, long lost) {

    /** The counters of a capture that is off. */
    public static final CrashCounters NONE = new CrashCounters(0, 0);
}
