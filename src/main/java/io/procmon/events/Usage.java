package io.procmon.events;

import java.time.Duration;

/**
 * The resources that a process image used, from its exec to its exit.
 *
 * @param user CPU time in user mode
 * @param system CPU time in the kernel
 * @param peakMemory the largest resident set, in bytes
 * @param peakInherited whether the process reached {@code peakMemory} before the exec; the value is then only an upper
 *     bound
 */
public record Usage(Duration user, Duration system, long peakMemory, boolean peakInherited) {

    /**
     * Splits the measured run time in the ratio that the scheduler's tick sampled, as kernel/sched/cputime.c
     * (cputime_adjust) does for wait4(2) and times(2). A negative time counts as zero.
     *
     * @param sampledUser sampled user time, in nanoseconds
     * @param sampledSystem sampled system time, in nanoseconds
     * @param runtime measured CPU time, in nanoseconds
     */
    public static Usage of(long sampledUser, long sampledSystem, long runtime, long peakMemory, boolean peakInherited) {
        long total = Math.max(0, runtime);
        long system;
        if (sampledSystem <= 0) {
            system = 0;
        } else if (sampledUser <= 0) {
            system = total;
        } else {
            double share = (double) total * sampledSystem / ((double) sampledUser + sampledSystem);
            system = Math.min(total, (long) share);
        }
        return new Usage(Duration.ofNanos(total - system), Duration.ofNanos(system), peakMemory, peakInherited);
    }
}
