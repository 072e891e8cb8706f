package io.procmon.classroom.workflow;

import java.time.Instant;

/**
 * One occurrence of a pattern in a history.
 *
 * @param from its start
 * @param to its end, or the end of its last attempt so far
 * @param attempts the number of its attempts
 * @param ongoing whether no later attempt has ended it
 */
public record Finding(Instant from, Instant to, int attempts, boolean ongoing) {}
