package io.procmon.bpf;

import java.util.Optional;

/**
 * The state of the capture of standard error.
 *
 * @param hook the hook in use; empty if this kernel accepts none
 * @param refusals why no better hook is in use; empty if it is the best
 */
public record CaptureState(Optional<CaptureHook> hook, String refusals) {

    /** A description for logs and for the doctor, such as {@code sys_exit (fexit: Operation not permitted)}. */
    public String description() {
        String by = hook.map(CaptureHook::label).orElse("no hook");
        return refusals.isEmpty() ? by : by + " (" + refusals + ")";
    }
}
