package io.procmon.bench;

import java.util.Collection;

/**
 * What several rounds gave.
 *
 * @param min the least
 * @param median the one in the middle
 * @param max the most
 */
record Spread(double min, double median, double max) {

    static Spread of(Collection<Double> rounds) {
        double[] sorted = rounds.stream().mapToDouble(it -> it).sorted().toArray();
        return new Spread(sorted[0], quantile(sorted, 0.5), sorted[sorted.length - 1]);
    }

    /** The value that this share of all is not above; the mean of two where it falls between them. */
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
