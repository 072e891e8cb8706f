package io.procmon.events;

import java.util.Locale;
import java.util.Optional;

/**
 * Whether a student built a program here. There are three answers: a known build wrote it, no build can have written
 * it, or procmon cannot know.
 */
public sealed interface Provenance {

    /** A build that procmon saw wrote the program. */
    record Built(BuiltBy by) implements Provenance {}

    /** procmon watched without a gap when the contents were written, and no build wrote them. */
    record NotBuilt() implements Provenance {}

    /** A build that procmon did not see may have written the program. */
    record Unknown(Gap why) implements Provenance {}

    /** The build that wrote the program, if it is known. */
    default Optional<BuiltBy> builtBy() {
        return switch (this) {
            case Built(var by) -> Optional.of(by);
            case NotBuilt() -> Optional.empty();
            case Unknown _ -> Optional.empty();
        };
    }

    /** The reason why procmon cannot know the build. */
    enum Gap {
        /** The contents were written before procmon watched the container. */
        BEFORE_START,
        /** Records were dropped after the contents were written. */
        LOSS,
        /** The table of builds was full, and procmon has forgotten a build that may have written the program. */
        FORGOTTEN,
        /** procmon could not read the file, or could not read the output of a build at that time. */
        UNREADABLE,
        /**
         * A build wrote a program of the same size. The program may be a copy that no known tool made, such as {@code
         * git checkout} or {@code cat main >copy}.
         */
        POSSIBLE_COPY,
        /**
         * The file is on a network file system: its timestamps come from another machine's clock, and other machines
         * may write it.
         */
        NETWORK_FILE_SYSTEM;

        /** The value in an event, such as {@code before_start}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
