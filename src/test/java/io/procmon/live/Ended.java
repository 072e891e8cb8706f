package io.procmon.live;

import java.util.OptionalInt;

/**
 * The real end of a process.
 *
 * @param pid the id in the container's pid namespace
 * @param waitStatus the status that waitpid(2) returned to its parent
 */
record Ended(int pid, int waitStatus) {

    /** The exit status as a shell shows it. */
    int exitCode() {
        return signal().isPresent() ? 128 + signal().getAsInt() : waitStatus >> 8;
    }

    /** The signal that ended it, if there was one. */
    OptionalInt signal() {
        int signal = waitStatus & 0x7f;
        return signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal);
    }

    boolean coreDumped() {
        return (waitStatus & 0x80) != 0;
    }
}
