package io.procmon.classroom.logbook;

import io.procmon.classroom.mirror.Choice;
import io.procmon.process.Student;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Stores the decisions of students about their records, beside the attempts of an {@link AttemptStore}. Thread-safe.
 * Methods may wait for a disk or a network, and throw {@link StoreUnavailable}.
 */
public interface StudentStore {

    /** The choice of a student. */
    Choice choiceOf(Student student);

    /** The students who have opted out. */
    Set<Student> optedOut();

    /**
     * Enters that a student has opted out, or in again. An attempt that is entered later is stored or not accordingly.
     *
     * @param at when the student opted out; empty if the student opts in
     * @return whether this changed anything
     */
    boolean setOptedOut(Student student, Optional<Instant> at);

    /**
     * Deletes the attempts and the interventions of a student. Attempts that began earlier are not stored again; see
     * {@link Choice#deletedUntil(Instant, Instant)}.
     *
     * @param now the time of the deletion
     * @return the number of deleted attempts
     */
    long forget(Student student, Instant now);
}
