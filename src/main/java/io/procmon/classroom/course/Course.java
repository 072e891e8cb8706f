package io.procmon.classroom.course;

import io.procmon.process.Student;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The requirements of a course.
 *
 * @param name the name in hostnames, such as {@code os}
 * @param sections the sections that the requirements apply to; empty for all
 * @param homeworks the homeworks; the first one whose name matches applies
 */
public record Course(String name, Set<String> sections, List<HomeworkRequirements> homeworks) {

    /** The requirements for a student's homework; empty if the course has none for it. */
    public Optional<HomeworkRequirements> of(Student student, String homework) {
        return student.course().equals(name) && (sections.isEmpty() || sections.contains(student.section()))
                ? homeworks.stream()
                        .filter(it -> it.name().matcher(homework).matches())
                        .findFirst()
                : Optional.empty();
    }
}
