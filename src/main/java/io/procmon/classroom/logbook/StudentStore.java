package io.procmon.classroom.logbook;

import io.procmon.classroom.mirror.Choice;
import io.procmon.classroom.mirror.Look;
import io.procmon.process.Student;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stores the decisions of students about their records, and who has looked at the students, beside the attempts of an {@link AttemptStore}. Thread-safe.
 * Methods may wait for a disk or a network, and throw {@link StoreUnavailable}.
 */
public interface StudentStore {

    /** The limit of looks at a student that are returned. A logbook keeps no more. */
    int LOOKS_MAX = 1000;

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
     * Deletes the attempts, the interventions and the looks of a student. Attempts that began earlier are not stored again; see
     * {@link Choice#deletedUntil(Instant, Instant)}.
     *
     * @param now the time of the deletion
     * @return the number of deleted attempts
     */
    long forget(Student student, Instant now);

    /** Enters that somebody has looked at a student. A repeated look changes nothing. */
    void enter(Student student, Look look);

    /** The newest looks at a student, at most {@value #LOOKS_MAX}, by hour, viewer and kind. */
    List<Look> looksAt(Student student);
}
