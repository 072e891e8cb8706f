package io.procmon.classroom.overview;

import io.procmon.process.Student;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The students of a course.
 *
 * @param numbers the number of each student in the section, from 1, in the order of the ids
 * @param optedOut those who have opted out
 * @param sections the sections, in order
 * @param sizes the number of the others by section; no section that has none
 */
record Roster(Map<Student, Integer> numbers, Set<Student> optedOut, Set<String> sections, Map<String, Integer> sizes) {

    /** The students of rows. One opted-out row is enough. */
    static Roster of(Collection<Row> rows) {
        SortedMap<String, SortedSet<Student>> sections = new TreeMap<>();
        Set<Student> optedOut = new HashSet<>();
        for (Row row : rows) {
            Student student = row.work().student();
            sections.computeIfAbsent(student.section(), _ -> new TreeSet<>(Comparator.comparing(Student::id)))
                    .add(student);
            if (row.isOptedOut()) {
                optedOut.add(student);
            }
        }
        Map<Student, Integer> numbers = new HashMap<>();
        Map<String, Integer> sizes = new HashMap<>();
        sections.forEach((section, students) -> {
            int number = 0;
            for (Student student : students) {
                numbers.put(student, ++number);
                if (!optedOut.contains(student)) {
                    sizes.merge(section, 1, Integer::sum);
                }
            }
        });
        return new Roster(numbers, optedOut, new TreeSet<>(sections.keySet()), sizes);
    }

    /** Whether the roster is still right with a row. */
    boolean isRightWith(Row row) {
        Student student = row.work().student();
        return numbers.containsKey(student) && optedOut.contains(student) == row.isOptedOut();
    }
}
