package io.procmon.classroom.measures;

import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The Repeated Error Density: Becker, A New Metric to Quantify Repeated Compiler Errors for Novice Programmers, ITiCSE
 * 2016, doi 10.1145/2899415.2899463.
 *
 * <p>A run is a maximal series of consecutive compilations that contain one error type. A run of n compilations has r =
 * n - 1 repeats and adds r² / (r + 1). The density is the sum over all types and all their runs. Each type is counted
 * separately. Some implementations count a pair of compilations that share any type as one run; their values differ.
 */
public final class RepeatedErrorDensity {

    private RepeatedErrorDensity() {}

    /**
     * The density of a session.
     *
     * @param session the compilations in order
     * @return 0 if no type repeats
     */
    public static double of(Iterable<Compilation> session) {
        Map<Integer, Integer> runs = new TreeMap<>();
        Map<String, Integer> open = new HashMap<>();
        for (Compilation compilation : session) {
            Set<String> types = compilation.types();
            for (Iterator<Map.Entry<String, Integer>> each = open.entrySet().iterator(); each.hasNext(); ) {
                Map.Entry<String, Integer> run = each.next();
                if (!types.contains(run.getKey())) {
                    runs.merge(run.getValue() - 1, 1, Integer::sum);
                    each.remove();
                }
            }
            types.forEach(type -> open.merge(type, 1, Integer::sum));
        }
        open.values().forEach(length -> runs.merge(length - 1, 1, Integer::sum));
        return sum(runs);
    }

    /** Equal runs are multiplied before the division, so that three runs of 4/3 are 4 without a rounding error. */
    private static double sum(Map<Integer, Integer> runs) {
        double sum = 0;
        for (Map.Entry<Integer, Integer> each : runs.entrySet()) {
            double repeats = each.getKey();
            sum += each.getValue() * repeats * repeats / (repeats + 1);
        }
        return sum;
    }
}
