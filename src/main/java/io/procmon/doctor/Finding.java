package io.procmon.doctor;

import java.util.Locale;

/**
 * The result of one examination.
 *
 * @param subject the examined part, such as {@code btf}
 * @param verdict the effect on procmon
 * @param observation the observed fact
 * @param remedy how to correct it; empty if the verdict is OK
 */
record Finding(String subject, Verdict verdict, String observation, String remedy) {

    /** The effect of the finding on procmon. */
    enum Verdict {
        /** All functions work. */
        OK,
        /** procmon watches, but a function is limited. */
        DEGRADED,
        /** procmon cannot watch. */
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

    /** The finding as a line for a terminal. */
    String line() {
        String head = "%-9s %-13s %s".formatted(verdict.label(), subject, observation);
        return remedy.isEmpty() ? head : head + ": " + remedy;
    }
}
