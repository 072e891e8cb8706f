package io.procmon.process;

import java.util.OptionalInt;

/**
 * How a process ended, as waitpid(2) tells its parent: low 7 bits the signal, 0x80 whether it dumped core, bits 8 to 15
 * the exit status.
 *
 * @param bits the status word
 */
public record WaitStatus(int bits) {

    private static final int SIGNAL = 0x7f;
    private static final int CORE = 0x80;

    /** The exit status as a shell shows it in {@code $?}: what was passed to exit, or 128 + signal. */
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
