package io.procmon.spool;

import io.procmon.events.Report;
import java.time.Instant;

/**
 * A report in the spool.
 *
 * @param position its place in the order of arrival: how many bytes came before it, ever
 * @param size how many bytes it takes
 * @param keptAt when it came in
 * @param report what is to be told
 */
public record Entry(long position, int size, Instant keptAt, Report report) {}
