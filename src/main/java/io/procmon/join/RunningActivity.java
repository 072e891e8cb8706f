package io.procmon.join;

import io.procmon.events.ImageKey;
import io.procmon.events.Started;

/**
 * An activity that has not ended.
 *
 * @param started how it began
 * @param computing the image that computes for it: its own, or the program's that it has built and runs ({@code go run})
 */
public record RunningActivity(Started started, ImageKey computing) {}
