package io.procmon.spool;

import java.util.Locale;

/** The reason why a report left the spool undelivered. */
public enum GivenUp {
    /** The spool was full, and this was its oldest report. */
    SIZE,
    /** The report was too old. */
    AGE,
    /** The record could not be read. */
    UNREADABLE,
    /** The record was missing at start-up: a file of the spool was damaged. */
    DAMAGED;

    /** The value in metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
