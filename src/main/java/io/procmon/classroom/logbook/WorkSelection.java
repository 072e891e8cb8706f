package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Selects works. A store finds them without a look at the others.
 *
 * @param course the course; empty for all
 * @param section the section; empty for all
 * @param homework the homework; empty for all
 * @param student the id of the student; empty for all
 * @param courses which of these courses may be seen
 */
public record WorkSelection(
        Optional<String> course,
        Optional<String> section,
        Optional<String> homework,
        Optional<String> student,
        Predicate<String> courses)
        implements Predicate<Work> {

    /** All works. */
    public static final WorkSelection ALL =
            new WorkSelection(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), _ -> true);

    /** One work. */
    public static WorkSelection of(Work work) {
        return new WorkSelection(
                Optional.of(work.student().course()),
                Optional.of(work.student().section()),
                Optional.of(work.homework()),
                Optional.of(work.student().id()),
                _ -> true);
    }

    /** The works of a student. */
    public static WorkSelection of(Student student) {
        return new WorkSelection(
                Optional.of(student.course()),
                Optional.of(student.section()),
                Optional.empty(),
                Optional.of(student.id()),
                _ -> true);
    }

    /** The works of a course, or of all courses, that may be seen. */
    public static WorkSelection of(Optional<String> course, Predicate<String> courses) {
        return new WorkSelection(course, Optional.empty(), Optional.empty(), Optional.empty(), courses);
    }

    @Override
    public boolean test(Work work) {
        return is(course, work.student().course())
                && is(section, work.student().section())
                && is(homework, work.homework())
                && is(student, work.student().id())
                && courses.test(work.student().course());
    }

    private static boolean is(Optional<String> wanted, String value) {
        return wanted.isEmpty() || wanted.get().equals(value);
    }
}
