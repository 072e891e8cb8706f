package io.procmon.classroom.measures;

import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A failed compilation and the next compilation of the same file.
 *
 * @param seconds the time between the two
 */
record WatwinPair(Compilation first, Compilation second, double seconds) {

    private static final int SAME_MESSAGE = 4;
    private static final int SAME_TYPE = 4;
    private static final int SAME_LINE = 2;

    /** Passes on the pairs of a session. A pair without two times, or whose times run backwards, is dropped. */
    static void forEach(Iterable<Compilation> session, Consumer<WatwinPair> consumer) {
        Map<String, Compilation> previous = new HashMap<>();
        for (Compilation second : session) {
            Compilation first = previous.put(second.file(), second);
            if (first == null
                    || !first.failed()
                    || first.at().isEmpty()
                    || second.at().isEmpty()) {
                continue;
            }
            Duration between = Duration.between(first.at().get(), second.at().get());
            if (!between.isNegative()) {
                consumer.accept(new WatwinPair(first, second, between.getSeconds() + between.getNano() / 1e9));
            }
        }
    }

    /** The type of the first error that the student had to resolve; empty if it is unknown. */
    String type() {
        return first.errors().isEmpty() ? "" : first.errors().getFirst().type();
    }

    /** The points for the properties that both compilations have. */
    int shared() {
        return (share(CompilerError::message) ? SAME_MESSAGE : 0)
                + (share(CompilerError::type) ? SAME_TYPE : 0)
                + (share(CompilerError::location) ? SAME_LINE : 0);
    }

    private boolean share(Function<CompilerError, String> part) {
        return !Collections.disjoint(first.known(part), second.known(part));
    }
}
