package io.procmon.events;

import io.procmon.process.WaitStatus;

/**
 * The exit of a process: all its threads have ended.
 *
 * @param image the process image that exited
 * @param at time of the exit
 * @param status the status that waitpid(2) returns to the parent
 * @param usage the resources that this image used
 */
public record ExitRecord(ImageKey image, Moment at, WaitStatus status, Usage usage) implements KernelRecord {}
