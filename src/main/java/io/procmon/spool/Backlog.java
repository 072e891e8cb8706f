package io.procmon.spool;

import io.procmon.process.Student;
import io.procmon.spool.RecordFormat.Unreadable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All activities that are not settled. Their records are in the file, or in memory until the file accepts them. An
 * index in memory holds the positions of the waiting activities of each student. The contents of the first few
 * activities of each student are in memory as well, so that an activity that is delivered at once is never read back.
 * One thread uses it; times are of {@link System#nanoTime}.
 */
final class Backlog {

    /** The limit of memory for the contents of waiting activities, in bytes. */
    private static final long HEAD_BYTES = 4 << 20;

    /** The limit for contents that are the first of their student, in bytes. */
    private static final long FIRST_HEAD_BYTES = 8 << 20;

    private static final long BATCH_BYTES = 1 << 20;
    private static final long UNDER_WAY_BYTES = 4 << 20;

    /** The part of the catch-up rate that may be saved for later, in nanoseconds. */
    private static final long CATCH_UP_BURST = TimeUnit.MILLISECONDS.toNanos(100);

    private static final long UNREADABLE_PAUSE = TimeUnit.MILLISECONDS.toNanos(250);

    private final SpoolDisk disk;
    private final Losses losses;
    private final int catchUpRate;
    private final NavigableMap<Long, byte[]> unsaved = new TreeMap<>();
    private final Map<Long, Entry> underWay = new HashMap<>();
    private final StudentQueues queues = new StudentQueues(this::isInMemory);
    private long unsavedBytes;
    private long headBytes;
    private long underWayBytes;
    private int reopenings;
    private long end;
    private long count;
    private long readAt;
    private Instant newest = Instant.MIN;

    /** Receives each activity that the spool drops. */
    interface Losses {
        void gaveUp(GivenUp why, Optional<Instant> keptAt);
    }

    /** @param catchUpRate the largest number of records that are read back from disk in a second */
    Backlog(SpoolDisk disk, int catchUpRate, Losses losses) {
        this.disk = disk;
        this.catchUpRate = catchUpRate;
        this.losses = losses;
        readAt = System.nanoTime() - CATCH_UP_BURST;
        end = disk.end();
        long onDisk = disk.count();
        disk.visit(this::index);
        for (long lost = onDisk - count; lost > 0; lost--) {
            losses.gaveUp(GivenUp.UNREADABLE, Optional.empty());
        }
    }

    private void index(long position, int size, Instant keptAt, Student student) {
        newest = keptAt.isAfter(newest) ? keptAt : newest;
        StudentQueue queue = queues.of(student);
        queue.add(position);
        count++;
        queues.changed(queue);
    }

    /** Adds a record after all others. Only {@link #save} writes it to disk. */
    void add(Arrival arrival) {
        Entry entry = arrival.entry(end);
        unsaved.put(entry.position(), arrival.record());
        unsavedBytes += entry.size();
        count++;
        end += entry.size();
        StudentQueue queue = queues.of(entry.report().student());
        queue.setUnsavedBytes(queue.unsavedBytes() + entry.size());
        if (queue.holdsNext() && headBytes < (queue.isFirstNext() ? FIRST_HEAD_BYTES : HEAD_BYTES)) {
            queue.addHead(entry);
            headBytes += entry.size();
        } else {
            queue.add(entry.position());
        }
        queues.changed(queue);
    }

    /**
     * Writes all new records to disk. Records that the disk does not accept stay in memory, as all records do without a
     * disk.
     */
    void save() {
        if (disk.save(unsaved)) {
            if (!unsaved.isEmpty()) {
                queues.all().forEach(queue -> queue.setUnsavedBytes(0));
            }
            unsaved.clear();
            unsavedBytes = 0;
        }
        checkReopened();
    }

    /**
     * A file that was reopened may have been repaired. Records that the file has lost are written again if they are in
     * memory; all others are counted as unreadable.
     */
    private void checkReopened() {
        if (reopenings == disk.reopenings() || !disk.isReadable()) {
            return;
        }
        reopenings = disk.reopenings();
        Stream.concat(underWay.values().stream(), queues.all().stream().flatMap(queue -> queue.heads().stream()))
                .filter(entry -> isNowhere(entry.position()))
                .toList()
                .forEach(this::addAgain);
        for (StudentQueue queue : queues.all()) {
            List<Long> lost = new ArrayList<>();
            queue.forEach(position -> {
                if (isNowhere(position)) {
                    lost.add(position);
                }
            });
            if (reopenings != disk.reopenings() || !disk.isReadable()) {
                return; // the file has failed again
            }
            lost.forEach(position -> giveUp(GivenUp.UNREADABLE, queue, position, Optional.empty()));
        }
    }

    private boolean isNowhere(long position) {
        return !unsaved.containsKey(position) && disk.read(position) == null;
    }

    private void addAgain(Entry entry) {
        byte[] record = RecordFormat.encode(entry.report(), entry.keptAt());
        StudentQueue queue = queues.of(entry.report().student());
        queue.setUnsavedBytes(queue.unsavedBytes() + record.length);
        unsaved.put(entry.position(), record);
        unsavedBytes += record.length;
    }

    /**
     * Removes an activity that was under way: it is settled.
     *
     * @return whether it was under way
     */
    boolean settle(Entry entry) {
        return ifUnderWay(entry, queue -> forget(queue, entry.position()));
    }

    /** Puts an activity that was under way back to its place. Its student's activities are delivered after a time. */
    void retry(Entry entry, long until) {
        var _ = ifUnderWay(entry, queue -> {
            queue.putBack(entry.position());
            queues.pause(queue, until);
        });
    }

    /** Delivers an activity that was under way again after a time. Others do not wait for it. */
    void postpone(Entry entry, long until) {
        var _ = ifUnderWay(entry, queue -> queues.postpone(queue, entry.position(), until));
    }

    private boolean ifUnderWay(Entry entry, Consumer<StudentQueue> action) {
        if (underWay.remove(entry.position()) == null) {
            return false;
        }
        underWayBytes -= entry.size();
        StudentQueue queue = queues.of(entry.report().student());
        queue.comesBack();
        action.accept(queue);
        queues.changed(queue);
        return true;
    }

    /** Whether the memory has no room for another activity that is under way. */
    boolean isFull() {
        return underWayBytes >= UNDER_WAY_BYTES;
    }

    /** Removes a record. */
    private void forget(StudentQueue queue, long position) {
        byte[] record = unsaved.remove(position);
        if (record == null) {
            disk.remove(position);
        } else {
            unsavedBytes -= record.length;
            queue.setUnsavedBytes(queue.unsavedBytes() - record.length);
        }
        count--;
    }

    /**
     * The next batch: activities of the student whose turn it is, in order.
     *
     * @param most the largest number of activities
     * @return empty if no activity can be delivered now
     */
    List<Entry> next(int most, long now) {
        queues.resume(now);
        for (Optional<StudentQueue> turn = poll(now); turn.isPresent(); turn = poll(now)) {
            List<Entry> batch = take(turn.get(), most, now);
            queues.changed(turn.get());
            if (!batch.isEmpty()) {
                return batch;
            }
        }
        return List.of();
    }

    private Optional<StudentQueue> poll(long now) {
        return queues.poll(readAt - now <= 0);
    }

    private List<Entry> take(StudentQueue queue, int most, long now) {
        List<Entry> batch = new ArrayList<>();
        long bytes = 0;
        while (batch.size() < most && bytes < BATCH_BYTES && queue.hasNext()) {
            Optional<Entry> next = queue.head().or(() -> read(queue, now));
            if (next.isEmpty()) {
                break;
            }
            Entry entry = next.get();
            change(queue, StudentQueue::removeNext);
            queue.goesUnderWay();
            underWay.put(entry.position(), entry);
            underWayBytes += entry.size();
            bytes += entry.size();
            batch.add(entry);
        }
        return batch;
    }

    private void change(StudentQueue queue, Consumer<StudentQueue> change) {
        headBytes -= queue.headBytes();
        change.accept(queue);
        headBytes += queue.headBytes();
    }

    /** Reads the next readable activity of a student. Unreadable activities are dropped and counted. */
    private Optional<Entry> read(StudentQueue queue, long now) {
        while (queue.hasNext()) {
            long position = queue.next();
            byte[] record = unsaved.get(position);
            if (record == null) {
                readAt = Math.max(readAt, now - CATCH_UP_BURST) + TimeUnit.SECONDS.toNanos(1) / catchUpRate;
                record = disk.read(position);
                checkReopened();
                if (!disk.isReadable()) {
                    readAt = now + UNREADABLE_PAUSE;
                    return Optional.empty();
                }
            }
            Optional<Entry> entry = decode(position, record);
            if (entry.isPresent() || !queue.hasNext()) {
                return entry;
            }
            if (queue.next() == position) {
                giveUp(GivenUp.UNREADABLE, queue, position, Optional.empty());
            }
        }
        return Optional.empty();
    }

    private static Optional<Entry> decode(long position, byte[] record) {
        try {
            return record == null ? Optional.empty() : Optional.of(RecordFormat.decode(position, record));
        } catch (Unreadable problem) {
            return Optional.empty();
        }
    }

    private boolean isInMemory(StudentQueue queue) {
        return queue.head().isPresent() || unsaved.containsKey(queue.next());
    }

    /** The time when the next activity can be delivered, unless something changes before. */
    OptionalLong nextAt() {
        OptionalLong resume = queues.nextResume();
        if (!queues.waitsForDisk()) {
            return resume;
        }
        return resume.isPresent() && resume.getAsLong() - readAt < 0 ? resume : OptionalLong.of(readAt);
    }

    /** Drops the oldest activities until at most this many bytes are between the oldest and the newest. */
    void shrinkTo(long bytes) {
        giveUpOldest(GivenUp.SIZE, oldest -> end - oldest.position() > bytes);
    }

    /** Drops the activities that arrived before a time. */
    void expire(Instant before) {
        giveUpOldest(GivenUp.AGE, oldest -> oldest.keptAt().isBefore(before));
    }

    /** Drops old activities, but not those under way, because their outcome will soon be known. */
    private void giveUpOldest(GivenUp why, Predicate<Entry> tooMuch) {
        for (Optional<StudentQueue> queue = oldest(); queue.isPresent(); queue = oldest()) {
            long position = queue.get().oldest().orElseThrow();
            int opened = reopenings;
            Optional<Entry> entry = peek(position);
            checkReopened();
            if (reopenings != opened) {
                continue; // the file was reopened: the activity is in memory again, or was dropped already
            }
            boolean stays = entry.isPresent() ? !tooMuch.test(entry.get()) : !disk.isReadable();
            if (stays) {
                return;
            }
            giveUp(entry.isPresent() ? why : GivenUp.UNREADABLE, queue.get(), position, entry.map(Entry::keptAt));
        }
    }

    /**
     * Drops activities that are only in memory, until they use at most this many bytes. The oldest activity of the
     * student with the most bytes goes first.
     */
    void shrinkUnsavedTo(long bytes) {
        while (unsavedBytes > bytes) {
            StudentQueue largest = queues.all().stream()
                    .max(Comparator.comparingLong(StudentQueue::unsavedBytes))
                    .orElseThrow();
            long before = largest.unsavedBytes();
            shrinkUnsaved(largest, bytes);
            if (largest.unsavedBytes() == before) {
                return; // all of them are under way
            }
        }
    }

    /** Drops at most half of a student's bytes, because another student may then have more. */
    private void shrinkUnsaved(StudentQueue queue, long bytes) {
        List<Long> positions = new ArrayList<>();
        queue.forEach(position -> {
            if (unsaved.containsKey(position)) {
                positions.add(position);
            }
        });
        positions.sort(Comparator.naturalOrder());
        long half = queue.unsavedBytes() / 2;
        for (long position : positions) {
            if (unsavedBytes <= bytes || queue.unsavedBytes() < half) {
                return;
            }
            giveUp(GivenUp.SIZE, queue, position, peek(position).map(Entry::keptAt));
        }
    }

    private Optional<StudentQueue> oldest() {
        return queues.all().stream()
                .filter(queue -> queue.oldest().isPresent())
                .min(Comparator.comparingLong(queue -> queue.oldest().orElseThrow()));
    }

    private void giveUp(GivenUp why, StudentQueue queue, long position, Optional<Instant> keptAt) {
        boolean[] found = new boolean[1];
        change(queue, it -> found[0] = it.remove(position));
        if (found[0]) {
            forget(queue, position);
            losses.gaveUp(why, keptAt);
            queues.changed(queue);
        }
    }

    private Optional<Entry> peek(long position) {
        byte[] record = unsaved.get(position);
        return decode(position, record == null ? disk.read(position) : record);
    }

    /** Whether some activities are only in memory. */
    boolean isUnsaved() {
        return !unsaved.isEmpty();
    }

    long count() {
        return count;
    }

    /** When the newest activity of an earlier run was kept. */
    Optional<Instant> newest() {
        return Optional.of(newest).filter(it -> it.isAfter(Instant.MIN));
    }

    int underWay() {
        return underWay.size();
    }

    /** The current level. Reads the size of the files. */
    SpoolLevel level() {
        checkReopened();
        Optional<Entry> oldest = Stream.concat(
                        oldest().flatMap(queue -> peek(queue.oldest().orElseThrow())).stream(),
                        underWay.values().stream())
                .min(Comparator.comparingLong(Entry::position));
        return new SpoolLevel(
                count,
                underWay.size(),
                oldest.map(it -> end - it.position()).orElse(0L),
                disk.fileSize(),
                oldest.map(Entry::keptAt),
                disk.isUsed() && unsaved.isEmpty());
    }
}
