package io.procmon.classroom.logbook;

/** The result of entering an attempt into a store. */
public enum Admission {
    /** It is new and was stored. */
    ADDED,
    /** It is already stored, or is older than all attempts for which there is room. */
    REPEATED,
    /** It was not stored: the student has opted out. */
    OPTED_OUT,
    /** It was not stored: it began before the student deleted the record. */
    DELETED
}
