package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Work;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Stores the attempts of a class as a set. An attempt is identified by its work, its start and its event id. So a
 * repetition changes nothing, and the order of arrival makes no difference. Thread-safe. Methods may wait for a disk or
 * a network, so no event loop of Vert.x may call them.
 *
 * <p>If the store is not reachable, a method throws {@link StoreUnavailable}. The caller may retry.
 */
public interface AttemptStore extends StudentStore, AutoCloseable {

    /** The limit of interventions per student and homework. A teacher has fewer. */
    int INTERVENTIONS_MAX = 100;

    /** Opens the store. Until then it contains nothing. */
    void open();

    /** Enters an attempt, unless the student's choice forbids it. */
    Admission enter(Work work, Attempt attempt);

    /**
     * Writes the attempts that were entered, so that they survive the end of this process.
     *
     * @throws StoreUnavailable if the store cannot be written now
     */
    void keep();

    /** All works that have attempts, by course, section, homework and student. */
    default List<Work> works() {
        return works(WorkSelection.ALL);
    }

    /** The selected works that have attempts, by course, section, homework and student. */
    List<Work> works(WorkSelection selection);

    /**
     * The selected works, in order, each with a number that changes whenever another process changes what is stored of
     * it. A row that was computed after the number was read is right as long as the number is the same.
     */
    Map<Work, Long> revisions(WorkSelection selection);

    /** The number of works of each course. */
    Map<String, Integer> courses();

    /** The {@link #works} whose newest attempt began after a point in time. */
    List<Work> worksSince(Instant time);

    /** The newest attempts at a work, up to the limit of the store; none if there are none. */
    List<Attempt> of(Work work);

    /** The same of several works. */
    default Map<Work, List<Attempt>> of(Collection<Work> works) {
        return works.stream().collect(Collectors.toMap(Function.identity(), this::of));
    }

    /**
     * Enters that a teacher was with a student.
     *
     * @return whether the intervention was added
     */
    boolean enter(Work work, Intervention intervention);

    /**
     * The times at which teachers were with a student at a homework, in order; at most the newest {@value
     * #INTERVENTIONS_MAX}.
     */
    List<Intervention> interventionsOf(Work work);

    /** The same of several works. */
    default Map<Work, List<Intervention>> interventionsOf(Collection<Work> works) {
        return works.stream().collect(Collectors.toMap(Function.identity(), this::interventionsOf));
    }

    /** The number of attempts. */
    long size();

    /** Whether all attempts survive the end of this process. */
    boolean isOnDisk();

    /** Checks the store. The caller repeats this periodically. */
    void check();

    /** Tells a listener what other processes change, if processes share this store. */
    void onChange(StoreListener listener);

    @Override
    void close();
}
