package io.procmon.bench;

import java.util.Collection;

/**
 * The distribution of several rounds.
 *
 * @param min the minimum
 * @param median the median
 * @param max the maximum
 */
record Spread(double min, double median, double max) {

    static Spread of(Collection<Double> rounds) {
        double[] sorted = rounds.stream().mapToDouble(it -> it).sorted().toArray();
        return new Spread(sorted[0], quantile(sorted, 0.5), sorted[sorted.length - 1]);
    }

    /** The quantile of a sorted list; between two values, their mean. */
    static double quantile(double[] sorted, double share) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = (int) Math.ceil(place);
        return (sorted[below] + sorted[above]) / 2;
    }
}
