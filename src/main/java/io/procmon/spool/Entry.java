package io.procmon.spool;

import io.procmon.events.Report;
import java.time.Instant;

/**
 * A report in the spool.
 *
 * @param position its place in the order of arrival: the number of bytes that have ever arrived before it
 * @param size its size in bytes
 * @param keptAt time of its arrival
 * @param report the report
 */
public record Entry(long position, int size, Instant keptAt, Report report) {}
