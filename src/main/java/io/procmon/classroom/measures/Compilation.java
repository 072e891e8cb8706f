package io.procmon.classroom.measures;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * One compilation of a session.
 *
 * @param file the source file; compilations of a session are paired by file for Watwin
 * @param at the time, if the log has it
 * @param failed whether it failed; a compilation can fail without a known error
 * @param errors in the order of the compiler; none if it did not fail
 */
public record Compilation(String file, Optional<Instant> at, boolean failed, List<CompilerError> errors) {

    /** Rejects errors of a compilation that did not fail. */
    public Compilation {
        errors = List.copyOf(errors);
        if (!failed && !errors.isEmpty()) {
            throw new IllegalArgumentException("a compilation with errors has failed");
        }
    }

    /** The known types of the errors; several errors of one type count once. */
    Set<String> types() {
        return known(CompilerError::type);
    }

    /** The known values of one part of the errors. */
    Set<String> known(Function<CompilerError, String> part) {
        Set<String> known = new LinkedHashSet<>();
        for (CompilerError error : errors) {
            String text = part.apply(error);
            if (!text.isEmpty()) {
                known.add(text);
            }
        }
        return known;
    }
}
