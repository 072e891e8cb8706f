package io.procmon.events;

import io.procmon.process.WaitStatus;
import java.util.Optional;

/**
 * The exit of a process: all its threads have ended.
 *
 * @param image the process image that exited
 * @param at time of the exit
 * @param status the status that waitpid(2) returns to the parent
 * @param usage the resources that this image used
 * @param errorOutput the standard error of the image, if it was captured
 * @param crash where the image was when a signal ended it, if that was captured
 */
public record ExitRecord(
        ImageKey image,
        Moment at,
        WaitStatus status,
        Usage usage,
        Optional<ErrorOutput> errorOutput,
        Optional<CrashDump> crash)
        implements KernelRecord {

    /** An exit whose standard error was not captured. */
    public ExitRecord(ImageKey image, Moment at, WaitStatus status, Usage usage) {
        this(image, at, status, usage, Optional.empty(), Optional.empty());
    }

    /** The same exit with a captured standard error. */
    public ExitRecord with(Optional<ErrorOutput> output) {
        return new ExitRecord(image, at, status, usage, output, crash);
    }

    /** The same exit with the place of a crash. */
    public ExitRecord with(CrashDump dump) {
        return new ExitRecord(image, at, status, usage, errorOutput, Optional.of(dump));
    }

    /** The same exit without captured data. */
    public ExitRecord withoutCapture() {
        return new ExitRecord(image, at, status, usage);
    }
}
