package io.procmon.classroom.pattern;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Ending;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Pattern;
import io.procmon.classroom.workflow.PatternContext;
import io.procmon.classroom.workflow.Streak;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Several attempts in a row have an error of the same type. The Repeated Error Density counts such repeats (Becker, A
 * New Metric to Quantify Repeated Compiler Errors for Novice Programmers, ITiCSE 2016). Builds are compared with
 * builds, and runs with runs, because a run between two builds does not show whether the compiler's error still exists.
 * Without stored diagnostics, the pattern is never found.
 *
 * @param attempts the least number of attempts in a row
 */
public record SameErrorAgain(int attempts) implements Pattern {

    @Override
    public String name() {
        return "same-error-again";
    }

    @Override
    public List<Finding> findIn(PatternContext context) {
        return Stream.of(context.history().builds(), context.history().runs())
                .flatMap(this::findings)
                .sorted(Comparator.comparing(Finding::from))
                .toList();
    }

    /** A type that too few attempts have is in no streak. */
    private Stream<Finding> findings(List<Attempt> of) {
        return counts(of).entrySet().stream()
                .filter(type -> type.getValue() >= attempts)
                .map(Map.Entry::getKey)
                .flatMap(type -> streaks(of, type).stream()
                        .filter(streak -> streak.length() >= attempts)
                        .map(streak ->
                                streak.finding().because("%s, %d times in a row".formatted(type, streak.length()))));
    }

    private static List<Streak> streaks(List<Attempt> of, String type) {
        return Streak.in(
                of, attempt -> attempt.errorTypes().contains(type), attempt -> attempt.ending() != Ending.STOPPED);
    }

    /** The type that most attempts of a streak have; empty if none has an error. */
    static Optional<String> mostCommon(Streak streak) {
        return counts(streak.attempts()).entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey);
    }

    /** The number of attempts that have each type, in the order of the first of them. */
    private static Map<String, Integer> counts(List<Attempt> of) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Attempt attempt : of) {
            attempt.errorTypes().forEach(type -> counts.merge(type, 1, Integer::sum));
        }
        return counts;
    }
}
