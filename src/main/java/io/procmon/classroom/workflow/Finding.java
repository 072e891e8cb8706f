package io.procmon.classroom.workflow;

import java.time.Instant;

/**
 * A place in a history that has a pattern.
 *
 * @param from when it begins
 * @param to up to where it is known
 * @param attempts how many attempts it is made of
 * @param ongoing whether nothing the student did has ended it
 */
public record Finding(Instant from, Instant to, int attempts, boolean ongoing) {}
