package io.procmon.classroom.overview;

import io.procmon.classroom.workflow.WorkErrors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
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

    /** The errors of a homework. Those of most students come first. */
    static Stream<CommonError> of(String course, String homework, List<Row> rows) {
        Map<String, List<Instant>> times = new LinkedHashMap<>();
        for (Row row : rows) {
            for (WorkErrors.Current error : row.errors()) {
                times.computeIfAbsent(error.type(), _ -> new ArrayList<>()).add(error.since());
            }
        }
        return times.entrySet().stream()
                .map(error -> new CommonError(
                        course,
                        homework,
                        error.getKey(),
                        error.getValue().size(),
                        error.getValue().stream().min(Comparator.naturalOrder()).orElseThrow()))
                .sorted(Comparator.comparingInt(CommonError::students)
                        .reversed()
                        .thenComparing(CommonError::type))
                .limit(ERRORS_MAX);
    }
}
