package io.procmon.metrics;

import java.util.Locale;

/** The stages of the stream in which an exception can cost a record: a metric's label and a log's word. */
public enum Stage {
    /** A handler reads the beginning of an image. */
    UNDERSTAND,
    /** An image gets its ancestors. */
    LINEAGE,
    /** An exec meets its exit. */
    JOIN,
    /** The activity handlers decide. */
    DECIDE,
    /** The requirements of a course are checked. */
    CHECK,
    /** The report is written and kept. */
    REPORT,
    /** The class register takes an attempt. */
    REGISTER,
    /** procmon looks at the programs that run. */
    LOOK,
    /** A delivery is settled. */
    SETTLE,
    /** A number is counted or a line is printed: the record goes on. */
    OBSERVE;

    /** The name that metrics use. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
