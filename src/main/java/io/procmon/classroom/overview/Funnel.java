package io.procmon.classroom.overview;

import io.procmon.classroom.workflow.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The number of students of a class who have reached each step of a homework.
 *
 * @param course the course
 * @param homework the homework
 * @param students the students of the selected sections whom procmon has seen at any homework
 * @param reached the number of students at each step, in order
 * @param late the number of students who missed something at the due date
 * @param atWork the number of students at work now
 */
public record Funnel(String course, String homework, int students, Map<Step, Integer> reached, int late, int atWork) {

    /**
     * Counts the students of rows.
     *
     * @param steps the steps that are shown even if no row has them
     */
    static Funnel of(
            String course, String homework, int students, List<Step> steps, List<Row> rows, int late, int atWork) {
        Map<Step, Integer> reached = new LinkedHashMap<>();
        steps.forEach(step -> reached.put(step, 0));
        for (Row row : rows) {
            for (int i = 0; i < row.steps().size(); i++) {
                reached.merge(row.steps().get(i), row.reached().get(i) ? 1 : 0, Integer::sum);
            }
        }
        return new Funnel(course, homework, students, reached, late, atWork);
    }

    /** The number of students who have not begun. */
    public int notStarted() {
        return students - reached.values().stream().findFirst().orElse(0);
    }
}
