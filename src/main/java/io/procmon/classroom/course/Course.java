package io.procmon.classroom.course;

import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.process.Student;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The requirements of a course.
 *
 * @param name the name in hostnames, such as {@code os}
 * @param sections the sections that the requirements apply to; empty for all
 * @param diagnostics the most detailed level of standard error that may be kept; empty if only the operator's level
 *     applies
 * @param mirror the offers to students; empty if only the operator's settings apply
 * @param homeworks the homeworks; the first one whose name matches applies
 */
public record Course(
        String name,
        Set<String> sections,
        Optional<DiagnosticsLevel> diagnostics,
        Optional<Set<MirrorOffer>> mirror,
        List<HomeworkRequirements> homeworks) {

    /** The requirements for a student's homework; empty if the course has none for it. */
    public Optional<HomeworkRequirements> of(Student student, String homework) {
        return includes(student)
                ? homeworks.stream()
                        .filter(it -> it.name().matcher(homework).matches())
                        .findFirst()
                : Optional.empty();
    }

    /** Whether the course's requirements apply to a student. */
    boolean includes(Student student) {
        return student.course().equals(name) && (sections.isEmpty() || sections.contains(student.section()));
    }
}
