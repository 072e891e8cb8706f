package io.procmon.classroom.course;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** A right that a course offers its students by their mirror links. */
public enum MirrorOffer {
    /** A student sees what is recorded. The other offers need this one. */
    SHOWN("shown"),
    /** A student can opt out of being recorded, and opt in again. */
    OPTING_OUT("opting-out"),
    /** A student can delete what is recorded. */
    DELETION("deletion");

    private static final String NOTHING = "off";

    private final String label;

    MirrorOffer(String label) {
        this.label = label;
    }

    /**
     * The offer of a word in a course file; empty for the word {@code off}.
     *
     * @throws IllegalArgumentException if the word is unknown
     */
    static Optional<MirrorOffer> named(String word) {
        if (word.equals(NOTHING)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(values())
                .filter(offer -> offer.label.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Arrays.stream(values())
                        .map(offer -> offer.label)
                        .collect(Collectors.joining(", ", "must be off or some of ", "")))));
    }
}
