package io.procmon.classroom.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.process.Student;
import java.time.Instant;
import java.util.UUID;

/**
 * A pattern in how a student works at a homework: what is told once when it is found, and once when it has ended.
 *
 * @param student as others are told
 * @param homework the homework directory, such as {@code hw1}
 * @param pattern its name, such as {@code stuck}
 * @param from when it begins
 * @param to up to when it is known
 * @param activities how many it is made of
 * @param ongoing whether nothing the student did has ended it
 * @param state how far the student has come, such as {@code built}
 */
public record PatternFound(
        Student student,
        String homework,
        String pattern,
        Instant from,
        Instant to,
        int activities,
        boolean ongoing,
        String state) {

    /** The same, which goes on no longer. */
    public PatternFound over() {
        return new PatternFound(student, homework, pattern, from, to, activities, false, state);
    }

    /** The same for the same news, also if it is found once more, in another life. */
    public UUID eventId() {
        String name = String.join(
                "/", student.classDiv(), student.id(), homework, pattern, from.toString(), Boolean.toString(ongoing));
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }
}
