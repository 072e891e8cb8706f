package io.procmon.classroom.intake;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Work;

/** Counts the events that the class service receives. */
public interface IntakeListener {

    /** The result for an event. */
    enum Result {
        /** It is new and was stored. */
        ENTERED,
        /** It is already stored, or is older than all attempts for which there is room. */
        REPEATED,
        /** It was dropped: its student has opted out. */
        OPTED_OUT,
        /** It was dropped: it began before its student deleted the record. */
        DELETED,
        /** It is about a pattern, which the class service finds itself. */
        IGNORED,
        /** It violates the contract. */
        REFUSED
    }

    /** An event was processed. */
    void taken(Result result);

    /** A new activity was stored. */
    void entered(Work work, Attempt attempt);
}
