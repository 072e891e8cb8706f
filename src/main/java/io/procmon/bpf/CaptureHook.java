package io.procmon.bpf;

import java.util.List;
import java.util.Locale;

/** The hook by which the kernel programs see the writes of a process. */
public enum CaptureHook {
    /** Trampolines at the end of the functions that write. They are always attached. */
    FEXIT,
    /** The tracepoint at the end of each system call. It is attached while a captured process runs. */
    SYS_EXIT;

    /** The functions in diagnostics.bpf.c. */
    List<String> programs() {
        return switch (this) {
            case FEXIT -> List.of("on_write", "on_writev");
            case SYS_EXIT -> List.of("on_sys_exit");
        };
    }

    /** The name in logs and metrics, such as {@code sys_exit}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
