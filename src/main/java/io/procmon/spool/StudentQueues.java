package io.procmon.spool;

import io.procmon.process.Student;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.function.Predicate;

/**
 * One queue per student, and the turn: round robin over all students with an activity that can be delivered now. The
 * length of one student's queue does not delay another student. One thread uses it; times are of
 * {@link System#nanoTime}.
 *
 * <p>There are two rounds: students whose next activity is in memory, and students whose next activity must be read
 * from disk, which the catch-up rate limits. Both are served alternately, so neither delays the other.
 */
final class StudentQueues {

    private final Map<Student, StudentQueue> queues = new HashMap<>();
    private final Deque<StudentQueue> inMemory = new ArrayDeque<>();
    private final Deque<StudentQueue> onDisk = new ArrayDeque<>();
    private final PriorityQueue<Pause> pauses =
            new PriorityQueue<>(Comparator.comparingLong((Pause it) -> it.until).thenComparingLong(it -> it.position));
    private final Predicate<StudentQueue> isInMemory;
    private boolean diskIsNext;

    /** A pause of a whole queue, or of one position only. */
    private record Pause(long until, StudentQueue queue, long position) {
        private static final long WHOLE = -1;
    }

    /** @param isInMemory whether the next activity of a queue can be delivered without reading from disk */
    StudentQueues(Predicate<StudentQueue> isInMemory) {
        this.isInMemory = isInMemory;
    }

    StudentQueue of(Student student) {
        return queues.computeIfAbsent(student, StudentQueue::new);
    }

    /** All queues; a snapshot that later changes do not affect. */
    List<StudentQueue> all() {
        return List.copyOf(queues.values());
    }

    /** Must be called after each change of a queue. A ready queue gets a turn, and an empty one is removed. */
    void changed(StudentQueue queue) {
        if (queue.isEmpty()) {
            queues.remove(queue.student());
        } else {
            takeTurn(queue);
        }
    }

    private void takeTurn(StudentQueue queue) {
        if (queue.isReady() && !queue.isInTurn()) {
            queue.setInTurn(true);
            inMemory.add(queue);
        }
    }

    /**
     * Takes the queue whose turn it is.
     *
     * @param mayRead whether a queue whose next activity must be read from disk may be taken
     */
    Optional<StudentQueue> poll(boolean mayRead) {
        boolean reads = mayRead && waitsForDisk();
        sort();
        Deque<StudentQueue> turn = reads && (diskIsNext || inMemory.isEmpty()) ? onDisk : inMemory;
        StudentQueue next = turn.poll();
        if (next == null) {
            return Optional.empty();
        }
        diskIsNext = turn == inMemory;
        next.setInTurn(false);
        return Optional.of(next);
    }

    /** Removes queues from the start of the memory round until the first one can be delivered from memory. */
    private void sort() {
        while (!inMemory.isEmpty()) {
            StudentQueue first = inMemory.peek();
            if (first.isReady() && isInMemory.test(first)) {
                return;
            }
            inMemory.poll();
            if (first.isReady()) {
                onDisk.add(first);
            } else {
                first.setInTurn(false);
            }
        }
    }

    /** Whether a queue waits for its next activity to be read from disk. */
    boolean waitsForDisk() {
        sort();
        while (!onDisk.isEmpty() && !onDisk.peek().isReady()) {
            onDisk.poll().setInTurn(false);
        }
        return !onDisk.isEmpty();
    }

    /** Delays all activities of a student until a time. */
    void pause(StudentQueue queue, long until) {
        queue.pause();
        pauses.add(new Pause(until, queue, Pause.WHOLE));
    }

    /** Delays one activity of a student until a time. */
    void postpone(StudentQueue queue, long position, long until) {
        queue.postpone(position);
        pauses.add(new Pause(until, queue, position));
    }

    /** Ends the pauses that are over. */
    void resume(long now) {
        for (Pause first = pauses.peek(); first != null && first.until - now <= 0; first = pauses.peek()) {
            pauses.poll();
            if (first.position == Pause.WHOLE) {
                first.queue.resume();
            } else {
                first.queue.resume(first.position);
            }
            takeTurn(first.queue);
        }
    }

    /** The end of the next pause. */
    OptionalLong nextResume() {
        Pause first = pauses.peek();
        return first == null ? OptionalLong.empty() : OptionalLong.of(first.until);
    }
}
