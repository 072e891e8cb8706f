package io.procmon.doctor;

import java.util.Locale;

/**
 * What was found out about one thing.
 *
 * @param subject what was looked at, such as {@code btf}
 * @param verdict how much of procmon works with it
 * @param observation what is there
 * @param remedy what to do about it; empty if all is well
 */
record Finding(String subject, Verdict verdict, String observation, String remedy) {

    /** How much of procmon works. */
    enum Verdict {
        /** All of it. */
        OK,
        /** It watches, but something is less than it could be. */
        DEGRADED,
        /** It cannot watch. */
        MISSING;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Finding ok(String subject, String observation) {
        return new Finding(subject, Verdict.OK, observation, "");
    }

    static Finding degraded(String subject, String observation, String remedy) {
        return new Finding(subject, Verdict.DEGRADED, observation, remedy);
    }

    static Finding missing(String subject, String observation, String remedy) {
        return new Finding(subject, Verdict.MISSING, observation, remedy);
    }

    /** A line for a terminal. */
    String line() {
        String head = "%-9s %-13s %s".formatted(verdict.label(), subject, observation);
        return remedy.isEmpty() ? head : head + ": " + remedy;
    }
}
