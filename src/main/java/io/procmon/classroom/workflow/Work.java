package io.procmon.classroom.workflow;

import io.procmon.process.Student;
import java.util.Comparator;

/**
 * A student's work on a homework.
 *
 * @param homework the homework directory, such as {@code hw1}
 */
public record Work(Student student, String homework) {

    /** Orders by course, section, homework and student. */
    public static final Comparator<Work> BY_CLASS = Comparator.comparing(
                    (Work work) -> work.student().course())
            .thenComparing(work -> work.student().section())
            .thenComparing(Work::homework)
            .thenComparing(work -> work.student().id());
}
