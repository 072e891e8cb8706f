package io.procmon.bpf;

import java.util.Optional;

/**
 * The capture that this kernel allows: of standard error, and of the places of crashes.
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
