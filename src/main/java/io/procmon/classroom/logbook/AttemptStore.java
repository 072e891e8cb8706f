package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Work;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Keeps the attempts of a class. What is kept is a set: an attempt is told from others by its work, its start and its event
 * id, so a repetition changes nothing, and the order of arrival makes no difference. Any thread may call any method, but
 * none of Vert.x' event loops: a method may wait for a disk or a network.
 *
 * <p>A store that is away throws {@link StoreUnavailable}; the caller may try the same again.
 */
public interface AttemptStore extends AutoCloseable {

    /** More than a teacher can be with a student at one homework. */
    int INTERVENTIONS_MAX = 100;

    /** Opens the store. There is nothing in it before. */
    void open();

    /**
     * Enters an attempt.
     *
     * @return whether it was not there, and is now
     */
    boolean enter(Work work, Attempt attempt);

    /**
     * Writes what was entered, so that the end of this process loses none of it.
     *
     * @throws StoreUnavailable if that is not possible now
     */
    void keep();

    /** All students' work of which there is something, by course, section, homework and student. */
    List<Work> works();

    /** Those of {@link #works} whose newest attempt began after a point in time. */
    List<Work> worksSince(Instant time);

    /** The newest attempts of a student at a homework, as many as are kept; none if there are none. */
    List<Attempt> of(Work work);

    /**
     * Enters that a teacher was with a student.
     *
     * @return whether it was not there, and is now
     */
    boolean enter(Work work, Intervention intervention);

    /** When teachers were with a student at a homework, in order; at most the newest {@value #INTERVENTIONS_MAX}. */
    List<Intervention> interventionsOf(Work work);

    /** The same of each work that has any. */
    Map<Work, List<Intervention>> interventions();

    /** How many attempts there are. */
    long size();

    /** Whether all attempts outlive this process. */
    boolean isOnDisk();

    /** Looks after the store, from time to time. */
    void check();

    /** Has a listener told of the works that other processes change, if they share this store. */
    void onChange(Consumer<Work> listener);

    @Override
    void close();
}
