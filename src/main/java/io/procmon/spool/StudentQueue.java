package io.procmon.spool;

import io.procmon.process.Student;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.LongConsumer;

/**
 * The activities of one student that wait for delivery, in the order of arrival. The queue holds all positions, and the
 * contents of the first few activities. One thread uses it.
 */
final class StudentQueue {

    private static final int MOST_HEADS = 64;
    private static final long MOST_HEAD_BYTES = 256 << 10;

    private final Student student;
    private final PositionQueue waiting = new PositionQueue();

    /** The contents of the first positions in {@link #waiting}. */
    private final Deque<Entry> heads = new ArrayDeque<>();

    /** Positions whose delivery failed, or whose pause is over. They are sent before all others. */
    private final TreeSet<Long> again = new TreeSet<>();

    /** Positions that wait for the end of their own pause, while others pass. */
    private final TreeSet<Long> postponed = new TreeSet<>();

    private long headBytes;
    private long unsavedBytes;
    private int underWay;
    private boolean paused;
    private boolean inTurn;

    StudentQueue(Student student) {
        this.student = student;
    }

    Student student() {
        return student;
    }

    /** Adds a position of which the contents must be read. */
    void add(long position) {
        waiting.add(position);
    }

    /** Whether the contents of an activity that arrives now may stay in memory: those of the first few. */
    boolean holdsNext() {
        return heads.size() == waiting.size() && heads.size() < MOST_HEADS && headBytes < MOST_HEAD_BYTES;
    }

    /** Whether an activity that arrives now is the first one. */
    boolean isFirstNext() {
        return waiting.isEmpty();
    }

    /** Adds an entry that has just arrived, with its contents. Permitted only if {@link #holdsNext} is true. */
    void addHead(Entry entry) {
        waiting.add(entry.position());
        heads.add(entry);
        headBytes += entry.size();
    }

    /** Whether an activity can be delivered now: only one request of a student is under way at a time. */
    boolean isReady() {
        return !paused && underWay == 0 && hasNext();
    }

    boolean hasNext() {
        return !again.isEmpty() || !waiting.isEmpty();
    }

    /** The next position; there must be one. */
    long next() {
        return again.isEmpty() ? waiting.first() : again.first();
    }

    /** The contents of the next position, if they are in memory. */
    Optional<Entry> head() {
        return again.isEmpty() ? Optional.ofNullable(heads.peek()) : Optional.empty();
    }

    /** Removes the next position: its activity is being delivered, or is lost. */
    void removeNext() {
        if (!again.isEmpty()) {
            again.pollFirst();
            return;
        }
        waiting.removeFirst();
        dropHead();
    }

    private void dropHead() {
        Entry head = heads.poll();
        if (head != null) {
            headBytes -= head.size();
        }
    }

    /** Removes a position that is not under way; returns whether the queue had it. */
    boolean remove(long position) {
        if (again.remove(position) || postponed.remove(position)) {
            return true;
        }
        if (!waiting.remove(position)) {
            return false;
        }
        heads.removeIf(head -> {
            boolean same = head.position() == position;
            headBytes -= same ? head.size() : 0;
            return same;
        });
        return true;
    }

    /** The lowest position that is not under way. */
    OptionalLong oldest() {
        long oldest = Long.MAX_VALUE;
        oldest = again.isEmpty() ? oldest : Math.min(oldest, again.first());
        oldest = postponed.isEmpty() ? oldest : Math.min(oldest, postponed.first());
        oldest = waiting.isEmpty() ? oldest : Math.min(oldest, waiting.first());
        return oldest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(oldest);
    }

    /** The entries with their contents in memory. */
    Collection<Entry> heads() {
        return heads;
    }

    void forEach(LongConsumer action) {
        again.forEach(action::accept);
        postponed.forEach(action::accept);
        waiting.forEach(action);
    }

    long headBytes() {
        return headBytes;
    }

    /** The number of bytes of records that are only in memory. */
    long unsavedBytes() {
        return unsavedBytes;
    }

    void setUnsavedBytes(long bytes) {
        unsavedBytes = bytes;
    }

    void goesUnderWay() {
        underWay++;
    }

    void comesBack() {
        underWay--;
    }

    /** Puts a position back to its place. */
    void putBack(long position) {
        again.add(position);
    }

    void postpone(long position) {
        postponed.add(position);
    }

    /** Ends the pause of a position. */
    void resume(long position) {
        if (postponed.remove(position)) {
            again.add(position);
        }
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
    }

    boolean isInTurn() {
        return inTurn;
    }

    void setInTurn(boolean turn) {
        inTurn = turn;
    }

    /** Whether nothing of the student is in the spool. */
    boolean isEmpty() {
        return underWay == 0 && !hasNext() && postponed.isEmpty();
    }
}
