package io.procmon.classroom.measures;

import java.util.OptionalDouble;

/**
 * The Watwin score without code states, after Watson, Li and Godwin, Predicting Performance in an Introductory
 * Programming Course by Logging and Analyzing Student Programming Behavior, ICALT 2013.
 *
 * <p>Each failed compilation is paired with the next compilation of the same file. A pair scores 4 for a message that
 * both share, 4 for a type and 2 for a line. The time between the two adds 1, 15 or 25: shorter than usual in the class
 * for the type of the first error, usual, or longer; usual is the mean plus or minus one population standard deviation.
 * The score is the mean of points / 35 over all pairs, from 1/35 to 1.
 *
 * <p>The original also drops pairs of identical code, pairs that only delete code, and pairs that comment code out.
 * That needs the code of each compilation, so this variant keeps those pairs.
 */
public final class Watwin {

    /** The name of this variant, to be shown with each score. */
    public static final String VARIANT = "without code states";

    private static final double MOST = 35;

    private Watwin() {}

    /**
     * The score of a session.
     *
     * @param session the compilations in order
     * @param times of the whole class, with this session
     * @return empty if no failed compilation is followed by another compilation of its file
     */
    public static OptionalDouble of(Iterable<Compilation> session, ResolveTimes times) {
        Mean mean = new Mean();
        WatwinPair.forEach(
                session, pair -> mean.add((pair.shared() + times.points(pair.type(), pair.seconds())) / MOST));
        return mean.value();
    }

    private static final class Mean {

        private double sum;
        private int count;

        void add(double value) {
            sum += value;
            count++;
        }

        OptionalDouble value() {
            return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
        }
    }
}
