package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Work;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads what a store has of works that are asked for in a known order. It asks the store for some at a time, because each answer
 * of a database takes its time. Asking again from the first work on is possible. For one thread at a time.
 */
final class ReadAhead<T> implements Function<Work, List<T>> {

    /** The number of works of one answer. A work has some dozen attempts; the largest ones bound the memory. */
    private static final int WORKS = 32;

    private final List<Work> order;
    private final Function<Collection<Work>, Map<Work, List<T>>> store;
    private Map<Work, List<T>> answer = Map.of();
    private int next;

    /**
     * @param order the works, each once
     * @param store returns the attempts, or the interventions, of each work
     */
    ReadAhead(List<Work> order, Function<Collection<Work>, Map<Work, List<T>>> store) {
        this.order = order;
        this.store = store;
    }

    @Override
    public List<T> apply(Work work) {
        List<T> known = answer.get(work);
        if (known != null) {
            return known;
        }
        int from = next < order.size() && order.get(next).equals(work) ? next : order.indexOf(work);
        next = Math.min(from + WORKS, order.size());
        answer = store.apply(order.subList(from, next));
        return answer.get(work);
    }
}
