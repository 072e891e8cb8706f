package io.procmon.classroom.progsnap2;

import java.util.Comparator;

/** The key of a session: one student's work at one assignment of a course. A part that the data set lacks is empty. */
record SessionKey(String subject, String assignment, String course) implements Comparable<SessionKey> {

    /** The reserved subject for several unknown students. Their events are not a session. */
    private static final String UNKNOWN = "UNKNOWN";

    private static final Comparator<SessionKey> ORDER = Comparator.comparing(SessionKey::subject)
            .thenComparing(SessionKey::assignment)
            .thenComparing(SessionKey::course);

    boolean isKnown() {
        return !subject.equals(UNKNOWN);
    }

    @Override
    public int compareTo(SessionKey other) {
        return ORDER.compare(this, other);
    }
}
