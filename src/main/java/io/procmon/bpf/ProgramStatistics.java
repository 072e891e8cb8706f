package io.procmon.bpf;

import java.time.Duration;

/**
 * What the kernel tells about one of its programs. It counts runs and their time only while the sysctl
 * {@code kernel.bpf_stats_enabled} is 1; until then both stay as they are.
 *
 * @param runs how often it ran
 * @param runTime how long, all runs together
 * @param recursionMisses how often it was skipped because it was already running on the same processor
 * @param verifiedInstructions how many the verifier had to look at, of the million that it has patience for
 */
public record ProgramStatistics(long runs, Duration runTime, long recursionMisses, int verifiedInstructions) {

    /** Of a program that is not there. */
    public static final ProgramStatistics NONE = new ProgramStatistics(0, Duration.ZERO, 0, 0);
}
