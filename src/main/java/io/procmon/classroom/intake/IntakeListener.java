package io.procmon.classroom.intake;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Work;

/** Counts what the class service takes. */
public interface IntakeListener {

    /** What became of an event. */
    enum Result {
        /** It is new, and is kept. */
        ENTERED,
        /** It was there before, or is older than all that there is room for. */
        REPEATED,
        /** It is about a pattern, which the class service finds itself. */
        IGNORED,
        /** It does not follow the contract. */
        REFUSED
    }

    /** An event was taken or refused. */
    void taken(Result result);

    /** A new activity is kept. */
    void entered(Work work, Attempt attempt);
}
