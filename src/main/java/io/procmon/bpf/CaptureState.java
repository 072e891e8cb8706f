package io.procmon.bpf;

import java.util.Optional;

/**
 * What this kernel shows of the programs that procmon captures: what they write to standard error, and where they crash.
 *
 * @param hook the hook in use; empty if this kernel accepts none
 * @param refusals why no better hook is in use; empty if it is the best
 * @param crashRefusal why crashes are not located; empty if they are
 */
public record CaptureState(Optional<CaptureHook> hook, String refusals, String crashRefusal) {

    /** The capture of standard error, for logs and for the doctor, such as {@code sys_exit (fexit: Operation not permitted)}. */
    public String description() {
        String by = hook.map(CaptureHook::label).orElse("no hook");
        return refusals.isEmpty() ? by : by + " (" + refusals + ")";
    }
}
