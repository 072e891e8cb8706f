package io.procmon.classroom.logbook;

import io.procmon.classroom.mirror.Choice;
import io.procmon.classroom.mirror.Look;
import io.procmon.process.Student;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Stores the decisions of students about their records, who has looked at the students, and which of their mirror links
 * are revoked, beside the attempts of an {@link AttemptStore}. Thread-safe. Methods may wait for a disk or a network,
 * and throw {@link StoreUnavailable}.
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

    /**
     * Revokes the mirror links of a student that were made until a time. An earlier revocation stays in effect. A
     * deletion of the record does not end it.
     *
     * @param until with a resolution of milliseconds
     */
    void revokeLinks(Student student, Instant until);

    /** The time until which the mirror links of a student are revoked; empty if none are. */
    Optional<Instant> linksRevokedUntil(Student student);

    /** Enters that somebody has looked at a student. A repeated look changes nothing. */
    void enter(Student student, Look look);

    /** The newest looks at a student, at most {@value #LOOKS_MAX}, by hour, viewer and kind. */
    List<Look> looksAt(Student student);
}
