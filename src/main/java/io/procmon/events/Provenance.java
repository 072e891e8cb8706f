package io.procmon.events;

import java.util.Locale;
import java.util.Optional;

/**
 * The answer to the question whether a student built a program here. There are three answers: a build that wrote it is known, none
 * can have written it, or procmon cannot know.
 */
public sealed interface Provenance {

    /** A build that procmon saw wrote the program. */
    record Built(BuiltBy by) implements Provenance {}

    /** procmon watched without a gap when the contents were written, and no build wrote them. */
    record NotBuilt() implements Provenance {}

    /** A build may have written the program unseen. */
    record Unknown(Gap why) implements Provenance {}

    /** The build that wrote the program, if it is known. */
    default Optional<BuiltBy> builtBy() {
        return switch (this) {
            case Built(var by) -> Optional.of(by);
            case NotBuilt() -> Optional.empty();
            case Unknown _ -> Optional.empty();
        };
    }

    /** The reason why procmon cannot know. */
    enum Gap {
        /** The contents were written before procmon watched the container. */
        BEFORE_START,
        /** Records were lost after the contents were written. */
        LOSS,
        /** procmon had no room for all builds, and has forgotten one that may have written the program. */
        FORGOTTEN,
        /** procmon could not look at the file, or could not look at what a build of that time wrote. */
        UNREADABLE,
        /** The file system is another machine's: that one's clock stamps the file, and other machines may write it. */
        NETWORK_FILE_SYSTEM;

        /** The word in an event, such as {@code before_start}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
