package io.procmon.live;

import java.util.OptionalInt;

/**
 * How a process has really ended.
 *
 * @param pid in the container's pid namespace
 * @param waitStatus as waitpid(2) told its parent
 */
record Ended(int pid, int waitStatus) {

    /** As a shell shows it. */
    int exitCode() {
        return signal().isPresent() ? 128 + signal().getAsInt() : waitStatus >> 8;
    }

    /** What killed it, if something did. */
    OptionalInt signal() {
        int signal = waitStatus & 0x7f;
        return signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal);
    }

    boolean coreDumped() {
        return (waitStatus & 0x80) != 0;
    }
}
