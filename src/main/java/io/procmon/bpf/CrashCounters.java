package io.procmon.bpf;

/**
 * The counters of the capture of crashes.
 *
 * @param crashes processes whose crash was captured
 * @param lost processes for which no place was free
 */
public record CrashCounters(long crashes, long lost) {

    /** The counters of a capture that is off. */
    public static final CrashCounters NONE = new CrashCounters(0, 0);
}
