package io.procmon.events;

import io.procmon.process.WaitStatus;

/**
 * A process has ended, with all its threads.
 *
 * @param image the image that it was at its end
 * @param at when
 * @param status as waitpid(2) tells its parent
 * @param usage what this image used
 */
public record ExitRecord(ImageKey image, Moment at, WaitStatus status, Usage usage) implements KernelRecord {}
