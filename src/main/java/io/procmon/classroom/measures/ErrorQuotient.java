package io.procmon.classroom.measures;

import java.util.Collections;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The Error Quotient: Jadud, Methods and Tools for Exploring Novice Compilation Behaviour, ICER 2006,
 * doi 10.1145/1151588.1151600.
 *
 * <p>A pair of consecutive compilations scores 0 unless both failed. It scores 8 if both failed, and 3 more if they share
 * an error type. The quotient is the mean of score / 11 over all pairs of the session, from 0 to 1.
 */
public final class ErrorQuotient {

    private static final int BOTH_FAILED = 8;
    private static final int SAME_TYPE = 3;
    private static final double MOST = BOTH_FAILED + SAME_TYPE;

    private ErrorQuotient() {}

    /**
     * The quotient of a session.
     *
     * @param session the compilations in order
     * @return empty for fewer than two compilations
     */
    public static OptionalDouble of(Iterable<Compilation> session) {
        double sum = 0;
        int count = 0;
        boolean failedBefore = false;
        Set<String> typesBefore = Set.of();
        for (Compilation compilation : session) {
            Set<String> types = compilation.types();
            if (failedBefore && compilation.failed()) {
                sum += (BOTH_FAILED + (Collections.disjoint(typesBefore, types) ? 0 : SAME_TYPE)) / MOST;
            }
            failedBefore = compilation.failed();
            typesBefore = types;
            count++;
        }
        return count < 2 ? OptionalDouble.empty() : OptionalDouble.of(sum / (count - 1));
    }
}
