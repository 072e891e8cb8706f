package io.procmon.join;

import io.procmon.events.ImageKey;
import io.procmon.events.Started;

/**
 * An activity that has not ended.
 *
 * @param started how it began
 * @param computing the image whose CPU time counts: the image of the activity, or that of the program which it has
 * built and runs ({@code go run})
 */
public record RunningActivity(Started started, ImageKey computing) {}
