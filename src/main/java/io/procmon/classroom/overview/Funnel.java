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
     * Adds sections.
     *
     * @param steps the steps that are shown even if no section has them
     */
    static Funnel of(String course, String homework, int students, List<Step> steps, List<SectionTally> sections) {
        Map<Step, Integer> reached = new LinkedHashMap<>();
        steps.forEach(step -> reached.put(step, 0));
        sections.forEach(
                section -> section.reached().forEach((step, count) -> reached.merge(step, count, Integer::sum)));
        return new Funnel(
                course,
                homework,
                students,
                reached,
                sections.stream().mapToInt(SectionTally::late).sum(),
                sections.stream().mapToInt(SectionTally::atWork).sum());
    }

    /** The number of students who have not begun. */
    public int notStarted() {
        return students - reached.values().stream().findFirst().orElse(0);
    }
}
