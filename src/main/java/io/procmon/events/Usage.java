package io.procmon.events;

import java.time.Duration;

/**
 * What a process image used, from its exec to its end.
 *
 * @param user processor time in user mode
 * @param system processor time in the kernel
 * @param peakMemory the largest resident set, in bytes
 * @param peakInherited whether {@code peakMemory} is what the process had before the exec, and thus only an upper bound
 */
public record Usage(Duration user, Duration system, long peakMemory, boolean peakInherited) {

    /**
     * Splits the measured run time in the ratio that the scheduler's tick sampled, as kernel/sched/cputime.c
     * (cputime_adjust) does for wait4(2) and times(2). Negative times count as none.
     *
     * @param sampledUser nanoseconds
     * @param sampledSystem nanoseconds
     * @param runtime nanoseconds on a processor, measured
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
