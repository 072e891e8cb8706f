package io.procmon.classroom.workflow;

import java.util.Locale;

/**
 * A step of a homework.
 *
 * @param kind the kind of action
 * @param name the name of a milestone or a requirement; empty for other kinds
 */
public record Step(Kind kind, String name) {

    /** The actions of steps, in the order of a homework. */
    public enum Kind {
        /** An attempt exists or runs. */
        WORKING,
        /** A program was built. */
        BUILT,
        /** A program ran and ended with status 0. */
        RAN,
        /** A milestone of the course file was reached once. */
        MILESTONE,
        /** A requirement of the course file is met now. */
        REQUIREMENT,
        /** All requirements are met. */
        DONE;

        /** The value in JSON, such as {@code built}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A step whose kind says it all. */
    static Step of(Kind kind) {
        return new Step(kind, "");
    }
}
