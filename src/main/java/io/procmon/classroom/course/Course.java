package io.procmon.classroom.course;

import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.process.Student;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The requirements of a course.
 *
 * @param name the name in hostnames, such as {@code os}
 * @param sections the sections that the requirements apply to; empty for all
 * @param zone the time zone; empty if the file has none
 * @param diagnostics the most detailed level of standard error that may be kept; empty if only the operator's level
 *     applies
 * @param mirror the offers to students; empty if only the operator's settings apply
 * @param homeworks the homeworks; the first one whose name matches applies
 */
public record Course(
        String name,
        Set<String> sections,
        Optional<ZoneId> zone,
        Optional<DiagnosticsLevel> diagnostics,
        Optional<Set<MirrorOffer>> mirror,
        List<HomeworkRequirements> homeworks) {

    /** The requirements for a student's homework; empty if the course has none for it. */
    public Optional<HomeworkRequirements> of(Student student, String homework) {
        return includes(student) ? required(homework) : Optional.empty();
    }

    /** The homeworks that the file names, in its order, also if no student has begun them. The first that matches applies. */
    public Map<String, HomeworkRequirements> assigned() {
        Map<String, HomeworkRequirements> assigned = new LinkedHashMap<>();
        for (HomeworkRequirements homework : homeworks) {
            homework.names().stream()
                    .filter(it -> required(it).equals(Optional.of(homework)))
                    .forEach(it -> assigned.putIfAbsent(it, homework));
        }
        return assigned;
    }

    private Optional<HomeworkRequirements> required(String homework) {
        return homeworks.stream()
                .filter(it -> it.name().matcher(homework).matches())
                .findFirst();
    }

    /** Whether the course's requirements apply to a student. */
    boolean includes(Student student) {
        return student.course().equals(name) && (sections.isEmpty() || sections.contains(student.section()));
    }
}
