package io.procmon.metrics;

import java.util.Locale;

/** The stages of the stream in which an exception can drop a record. Metrics and logs use their names. */
public enum Stage {
    /** A handler classifies an exec. */
    UNDERSTAND,
    /** An exec is linked to its ancestors. */
    LINEAGE,
    /** An exec is joined with its exit. */
    JOIN,
    /** The activity handlers decide whether to report an activity. */
    DECIDE,
    /** The requirements of a course are checked. */
    CHECK,
    /** The report is written and stored. */
    REPORT,
    /** The class register stores an attempt. */
    REGISTER,
    /** procmon checks the running programs. */
    LOOK,
    /** The outcome of a delivery is processed. */
    SETTLE,
    /** A number is counted or a line is printed; the record continues. */
    OBSERVE;

    /** The value in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
