package io.procmon.events;

/** A record of the kernel program. */
public sealed interface KernelRecord permits ExecRecord, ExitRecord {

    /** The process image that the record describes. */
    ImageKey image();
}
