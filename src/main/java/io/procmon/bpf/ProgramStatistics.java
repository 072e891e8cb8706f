package io.procmon.bpf;

import java.time.Duration;

/**
 * The kernel's statistics of one hook. The kernel counts runs and their time only while the sysctl
 * {@code kernel.bpf_stats_enabled} is 1.
 *
 * @param runs the number of runs
 * @param runTime the time of all runs together
 * @param recursionMisses the number of calls that the kernel skipped because the hook ran on the same processor
 * @param verifiedInstructions the instructions that the verifier checked; its limit is one million
 */
public record ProgramStatistics(long runs, Duration runTime, long recursionMisses, int verifiedInstructions) {

    /** The statistics of a program that is not loaded. */
    public static final ProgramStatistics NONE = new ProgramStatistics(0, Duration.ZERO, 0, 0);
}
