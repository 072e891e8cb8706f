package io.procmon.process;

import java.util.OptionalInt;

/**
 * The status of an ended process, as waitpid(2) returns it: the low 7 bits are the signal, 0x80 means a core dump, and
 * bits 8 to 15 are the exit status.
 *
 * @param bits the status word
 */
public record WaitStatus(int bits) {

    private static final int SIGNAL = 0x7f;
    private static final int CORE = 0x80;

    /** The exit status as a shell shows it in {@code $?}: the value that was passed to exit, or 128 + signal. */
    public int exitCode() {
        return signal().isPresent() ? 128 + signal().getAsInt() : (bits >> 8) & 0xff;
    }

    /** The signal that ended the process. */
    public OptionalInt signal() {
        return (bits & SIGNAL) == 0 ? OptionalInt.empty() : OptionalInt.of(bits & SIGNAL);
    }

    /** Whether the kernel wrote a core dump. */
    public boolean coreDumped() {
        return (bits & CORE) != 0;
    }

    /** Whether the process exited by itself, with status 0. */
    public boolean isSuccess() {
        return bits == 0;
    }
}
