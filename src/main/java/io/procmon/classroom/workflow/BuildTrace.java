package io.procmon.classroom.workflow;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds the builds of runs on other nodes. A node knows only the builds that it has seen, so this class searches all
 * attempts of a student at a homework. Equal path, size and modification time identify a program. If two builds wrote
 * it, no build is named.
 *
 * <p>The result depends only on the set of attempts, not on the order of arrival.
 */
public final class BuildTrace {

    private BuildTrace() {}

    /**
     * The attempts in the order of their starts, without duplicates. A run whose build is unknown to its node gets the
     * only build that wrote its program.
     */
    public static List<Attempt> of(Collection<Attempt> attempts) {
        Collection<Attempt> inOrder = isInOrder(attempts) ? attempts : inOrder(attempts);
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

    /** Whether the attempts are in the order of their starts, each once, as a store returns them. */
    private static boolean isInOrder(Collection<Attempt> attempts) {
        Attempt before = null;
        for (Attempt attempt : attempts) {
            if (before != null && Attempt.BY_START.compare(before, attempt) >= 0) {
                return false;
            }
            before = attempt;
        }
        return true;
    }

    private static Collection<Attempt> inOrder(Collection<Attempt> attempts) {
        TreeSet<Attempt> inOrder = new TreeSet<>(Attempt.BY_START);
        inOrder.addAll(attempts);
        return inOrder;
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
