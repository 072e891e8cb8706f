package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Intervention;
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

    /** The number of works of one answer with attempts. A work has some dozen; the largest ones bound the memory. */
    private static final int WORKS = 32;

    /** The same with interventions. Most works have none. */
    private static final int WORKS_WITH_FEW = 512;

    private final List<Work> order;
    private final Function<Collection<Work>, Map<Work, List<T>>> store;
    private final int works;
    private Map<Work, List<T>> answer = Map.of();
    private int next;

    private ReadAhead(List<Work> order, Function<Collection<Work>, Map<Work, List<T>>> store, int works) {
        this.order = order;
        this.store = store;
        this.works = works;
    }

    /**
     * Reads the attempts of works.
     *
     * @param order the works, each once
     */
    static Function<Work, List<Attempt>> attempts(AttemptStore store, List<Work> order) {
        return new ReadAhead<>(order, store::of, WORKS);
    }

    /**
     * Reads the interventions at works.
     *
     * @param order the works, each once
     */
    static Function<Work, List<Intervention>> interventions(AttemptStore store, List<Work> order) {
        return new ReadAhead<>(order, store::interventionsOf, WORKS_WITH_FEW);
    }

    @Override
    public List<T> apply(Work work) {
        List<T> known = answer.get(work);
        if (known != null) {
            return known;
        }
        int later = order.subList(next, order.size()).indexOf(work);
        int from = later >= 0 ? next + later : order.indexOf(work);
        next = Math.min(from + works, order.size());
        answer = store.apply(order.subList(from, next));
        return answer.get(work);
    }
}
