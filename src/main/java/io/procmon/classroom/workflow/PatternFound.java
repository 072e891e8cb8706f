package io.procmon.classroom.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.process.Student;
import java.time.Instant;
import java.util.UUID;

/**
 * A pattern in a student's work on a homework. It is reported once when it is found, and once when it has ended.
 *
 * @param student the student, as reports name the student
 * @param homework the homework directory, such as {@code hw1}
 * @param pattern the name, such as {@code stuck}
 * @param from its start
 * @param to its end so far
 * @param activities the number of its activities
 * @param ongoing whether no later activity has ended it
 * @param state the student's progress, such as {@code built}
 * @param reason the reason in words; empty if the figures are enough
 */
public record PatternFound(
        Student student,
        String homework,
        String pattern,
        Instant from,
        Instant to,
        int activities,
        boolean ongoing,
        String state,
        String reason) {

    /** The same pattern after its end. */
    public PatternFound over() {
        return new PatternFound(student, homework, pattern, from, to, activities, false, state, reason);
    }

    /**
     * The unique id of the report. The same pattern has the same id, also when procmon finds it again after a restart.
     */
    public UUID eventId() {
        String name = String.join(
                "/", student.classDiv(), student.id(), homework, pattern, from.toString(), Boolean.toString(ongoing));
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8));
    }
}
