package io.procmon.classroom.overview;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An error that students have now.
 *
 * @param type such as {@code expected ';'}
 * @param students the number of students
 * @param since the time at which the first of them got it
 */
public record CommonError(String course, String homework, String type, int students, Instant since) {

    /** The number of errors that a homework shows. */
    private static final int ERRORS_MAX = 8;

    /** The errors of a homework in some sections. Those of most students come first. */
    static Stream<CommonError> of(String course, String homework, List<SectionTally> sections) {
        Map<String, CommonError> all = new HashMap<>();
        for (SectionTally section : sections) {
            section.errors()
                    .forEach((type, times) -> all.merge(
                            type,
                            new CommonError(
                                    course,
                                    homework,
                                    type,
                                    times.values().stream()
                                            .mapToInt(Integer::intValue)
                                            .sum(),
                                    times.firstKey()),
                            CommonError::plus));
        }
        return all.values().stream()
                .sorted(Comparator.comparingInt(CommonError::students)
                        .reversed()
                        .thenComparing(CommonError::type))
                .limit(ERRORS_MAX);
    }

    private CommonError plus(CommonError other) {
        return new CommonError(
                course, homework, type, students + other.students, since.isBefore(other.since) ? since : other.since);
    }
}
