package io.procmon.classroom.workflow;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Leads runs back to builds of other nodes. A node knows only what it has seen; all attempts of a student at a homework together
 * know more. The same path, size and modification time are the same program. If two builds wrote it, none is named.
 *
 * <p>The result depends on the set of attempts alone, so it makes no difference when and in which order they arrive.
 */
public final class BuildTrace {

    private BuildTrace() {}

    /**
     * The attempts in the order of their starts, without duplicates. A run whose node does not know its build has the only
     * build that wrote its program.
     */
    public static List<Attempt> of(Collection<Attempt> attempts) {
        TreeSet<Attempt> inOrder = new TreeSet<>(Attempt.BY_START);
        inOrder.addAll(attempts);
        Map<ProgramStamp, List<Attempt>> writers = new HashMap<>();
        for (Attempt attempt : inOrder) {
            if (attempt.isGoodBuild()) {
                attempt.origin()
                        .program()
                        .ifPresent(program -> writers.merge(program, List.of(attempt), BuildTrace::together));
            }
        }
        return inOrder.stream().map(attempt -> traced(attempt, writers)).toList();
    }

    private static Attempt traced(Attempt attempt, Map<ProgramStamp, List<Attempt>> writers) {
        if (!attempt.isRun() || attempt.descent().builtBy().isPresent()) {
            return attempt;
        }
        return attempt.origin()
                .program()
                .map(writers::get)
                .filter(builds -> builds.size() == 1)
                .map(builds -> attempt.builtBy(builds.getFirst()))
                .orElse(attempt);
    }

    /** Two are as good as many. */
    private static List<Attempt> together(List<Attempt> known, List<Attempt> one) {
        return List.of(known.getFirst(), one.getFirst());
    }
}
