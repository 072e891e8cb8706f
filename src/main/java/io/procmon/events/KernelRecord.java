package io.procmon.events;

/** What the kernel program sends. */
public sealed interface KernelRecord permits ExecRecord, ExitRecord {

    /** The image that it is about. */
    ImageKey image();
}
