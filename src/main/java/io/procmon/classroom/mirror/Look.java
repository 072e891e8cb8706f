package io.procmon.classroom.mirror;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A request for data of one student. All requests of a viewer for the same kind of data in an hour are one look.
 *
 * @param viewer the name of the person who signed in, or {@link #TOKEN}, {@link #LOOPBACK} or {@link #LINK}
 * @param kind the requested data
 * @param hour the beginning of the hour
 */
public record Look(String viewer, Kind kind, Instant hour) {

    /** Somebody who has the token of the class page. */
    public static final String TOKEN = "token";

    /** Somebody on the machine of the service, or behind a proxy on it. */
    public static final String LOOPBACK = "loopback";

    /** Somebody who has a mirror link of the student. */
    public static final String LINK = "link";

    /** The data that a request is for. */
    public enum Kind {
        /** The homework: figures, sessions and patterns, once or as they change. */
        WORK,
        /** The builds and runs. */
        ATTEMPTS,
        /** The measures of errors. */
        MEASURES,
        /** The page of a mirror link, or its file. */
        MIRROR;

        /** The name in a store and in JSON, such as {@code attempts}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The kind with a label; empty if a newer version has written it. */
        public static Optional<Kind> named(String label) {
            return Arrays.stream(values())
                    .filter(kind -> kind.label().equals(label))
                    .findFirst();
        }
    }

    /** The look of a request. */
    public static Look at(Instant time, String viewer, Kind kind) {
        return new Look(viewer, kind, time.truncatedTo(ChronoUnit.HOURS));
    }
}
