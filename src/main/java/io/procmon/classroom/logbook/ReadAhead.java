package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Work;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the attempts of works that are asked for in a known order. It asks the store for some at a time, because each answer
 * of a database takes its time. Asking again from the first work on is possible. For one thread at a time.
 */
final class ReadAhead implements Function<Work, List<Attempt>> {

    /** The number of works of one answer. A work has some dozen attempts; the largest ones bound the memory. */
    private static final int WORKS = 32;

    private final List<Work> order;
    private final Function<Collection<Work>, Map<Work, List<Attempt>>> store;
    private Map<Work, List<Attempt>> answer = Map.of();
    private int next;

    /**
     * @param order the works, each once
     * @param store returns the attempts of each work
     */
    ReadAhead(List<Work> order, Function<Collection<Work>, Map<Work, List<Attempt>>> store) {
        this.order = order;
        this.store = store;
    }

    @Override
    public List<Attempt> apply(Work work) {
        List<Attempt> known = answer.get(work);
        if (known != null) {
            return known;
        }
        int from = next < order.size() && order.get(next).equals(work) ? next : order.indexOf(work);
        next = Math.min(from + WORKS, order.size());
        answer = store.apply(order.subList(from, next));
        return answer.get(work);
    }
}
