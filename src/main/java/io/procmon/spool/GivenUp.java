package io.procmon.spool;

import java.util.Locale;

/** Why a report left the spool without having been told. */
public enum GivenUp {
    /** The spool was full: the oldest went. */
    SIZE,
    /** It was too old. */
    AGE,
    /** Its record could not be read any more. */
    UNREADABLE,
    /** It was missing at the start: a file of the spool was damaged. */
    DAMAGED;

    /** The name that metrics use. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
