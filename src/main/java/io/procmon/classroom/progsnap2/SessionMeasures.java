package io.procmon.classroom.progsnap2;

import java.util.OptionalDouble;

/**
 * The measures of one student's compilations for one assignment.
 *
 * @param course empty if the data set has no courses
 * @param errorQuotient empty if undefined, as are the other two measures
 */
public record SessionMeasures(
        String subject,
        String assignment,
        String course,
        long compiles,
        long failedCompiles,
        OptionalDouble errorQuotient,
        OptionalDouble repeatedErrorDensity,
        OptionalDouble watwin) {}
