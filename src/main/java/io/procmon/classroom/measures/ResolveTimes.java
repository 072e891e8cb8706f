package io.procmon.classroom.measures;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The times of a class from a failed compilation to the next compilation of the same file, by the type of the first
 * error. Watwin compares each student's time with these times.
 */
public final class ResolveTimes {

    private static final int FAST = 1;
    private static final int USUAL = 15;
    private static final int SLOW = 25;

    private final Map<String, Times> byType = new HashMap<>();

    /** Adds the times of one session. */
    public void add(Iterable<Compilation> session) {
        add(session, _ -> true);
    }

    /**
     * Adds the times of one session.
     *
     * @param shared whether several errors of the class have a type; a single time is usual anyway, so it is not kept
     */
    public void add(Iterable<Compilation> session, Predicate<String> shared) {
        WatwinPair.forEach(session, pair -> {
            if (shared.test(pair.type())) {
                byType.computeIfAbsent(pair.type(), _ -> new Times()).add(pair.seconds());
            }
        });
    }

    /** The points for a time: few if it is shorter than the class's mean by more than one standard deviation. */
    int points(String type, double seconds) {
        Times times = byType.get(type);
        if (times == null) {
            return USUAL;
        }
        if (seconds < times.mean - times.deviation()) {
            return FAST;
        }
        return seconds > times.mean + times.deviation() ? SLOW : USUAL;
    }

    /** Mean and population standard deviation in one pass: Welford, Technometrics 4 (3), 1962. */
    private static final class Times {

        private long count;
        private double mean;
        private double squares;

        void add(double seconds) {
            count++;
            double difference = seconds - mean;
            mean += difference / count;
            squares += difference * (seconds - mean);
        }

        double deviation() {
            return Math.sqrt(squares / count);
        }
    }
}
