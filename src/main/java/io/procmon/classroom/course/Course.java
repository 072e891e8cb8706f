package io.procmon.classroom.course;

import io.procmon.process.Student;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a course requires.
 *
 * @param name as in hostnames, such as {@code os}
 * @param sections which sections; empty if all of them
 * @param homeworks in the order in which they are asked; the first whose name matches counts
 */
public record Course(String name, Set<String> sections, List<HomeworkRequirements> homeworks) {

    /** What is required of a student's homework; empty if this course says nothing about it. */
    public Optional<HomeworkRequirements> of(Student student, String homework) {
        return student.course().equals(name) && (sections.isEmpty() || sections.contains(student.section()))
                ? homeworks.stream()
                        .filter(it -> it.name().matcher(homework).matches())
                        .findFirst()
                : Optional.empty();
    }
}
