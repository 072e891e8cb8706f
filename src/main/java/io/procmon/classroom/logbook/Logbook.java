package io.procmon.classroom.logbook;

import io.procmon.classroom.progsnap2.Dataset;
import io.procmon.classroom.progsnap2.Subjects;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.StringDataType;

/** The attempts of a class: the newest of each student's homework, and of the node. One thread writes, any reads. */
public final class Logbook implements AutoCloseable {

    /**
     * The oldest attempt of a work.
     *
     * @param moment sorts by time
     */
    private record Oldest(String moment, String prefix) implements Comparable<Oldest> {
        @Override
        public int compareTo(Oldest other) {
            int byMoment = moment.compareTo(other.moment);
            return byMoment == 0 ? prefix.compareTo(other.prefix) : byMoment;
        }
    }

    private final LogbookOptions options;
    private final ConcurrentSkipListMap<String, Oldest> works = new ConcurrentSkipListMap<>();
    private final TreeSet<Oldest> oldestFirst = new TreeSet<>();
    private MVStore store;
    private volatile MVMap<String, byte[]> attempts;
    private int capacity;

    /** Whether a new one takes its place if there is trouble with it. */
    private boolean replaceable;

    public Logbook(LogbookOptions options) {
        this.options = options;
    }

    /** Opens the file, or begins in memory if there can be none. There is nothing in it before. */
    public synchronized void open() {
        LogbookFile.Opened opened = LogbookFile.open(options.directory());
        replaceable = true;
        try {
            use(opened);
        } catch (RuntimeException trouble) {
            goOnAfter(trouble);
        }
    }

    /**
     * The logbook of a service that does not run, to be read only.
     *
     * @param directory where its file is
     * @throws IOException if there is none, or a service has it
     */
    public static Logbook read(Path directory) throws IOException {
        Logbook logbook = new Logbook(
                new LogbookOptions(Optional.of(directory), Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE));
        try {
            logbook.use(LogbookFile.read(directory));
        } catch (MVStoreException damage) {
            logbook.close();
            throw new IOException(damage.getMessage(), damage);
        }
        return logbook;
    }

    private void use(LogbookFile.Opened opened) {
        works.clear();
        oldestFirst.clear();
        store = opened.store();
        capacity = opened.onDisk() ? options.onDisk() : options.inMemory();
        attempts = store.openMap(
                "attempts",
                new MVMap.Builder<String, byte[]>()
                        .keyType(StringDataType.INSTANCE)
                        .valueType(ByteArrayDataType.INSTANCE));
        index();
        while (attempts.sizeAsLong() > capacity) {
            forgetOldest();
        }
    }

    /** From one work to the next, without a look at what is between. */
    private void index() {
        String first = attempts.firstKey();
        while (first != null) {
            String prefix = AttemptKey.prefixOf(first);
            index(prefix, first);
            first = attempts.higherKey(AttemptKey.end(prefix));
        }
    }

    /**
     * Enters an attempt.
     *
     * @return whether it was not there, and is now: a repeated one is, and one that is older than all that there is room
     *     for is not
     */
    public synchronized boolean enter(Work work, Attempt attempt) {
        return reliably(() -> add(work, attempt));
    }

    /** Trouble with the file ends nothing: the same once more, with what takes its place. */
    private <T> T reliably(Supplier<T> access) {
        MVMap<String, byte[]> accessed = attempts;
        try {
            return access.get();
        } catch (RuntimeException trouble) {
            replace(accessed, trouble);
            return access.get();
        }
    }

    private synchronized void replace(MVMap<String, byte[]> troubled, RuntimeException trouble) {
        if (!replaceable) {
            throw trouble;
        }
        if (attempts.equals(troubled)) { // else another thread was here first
            goOnAfter(trouble);
        }
    }

    private void goOnAfter(RuntimeException trouble) {
        store.closeImmediately();
        use(LogbookFile.after(trouble, options.directory()));
    }

    private boolean add(Work work, Attempt attempt) {
        String key = AttemptKey.of(work, attempt);
        if (attempts.containsKey(key)) {
            return false;
        }
        String prefix = AttemptKey.prefix(work);
        attempts.put(key, AttemptFormat.encode(attempt));
        index(prefix, attempts.ceilingKey(prefix));
        if (count(prefix) > options.perWork()) {
            forget(attempts.ceilingKey(prefix));
        }
        if (attempts.sizeAsLong() > capacity) {
            forgetOldest();
        }
        return attempts.containsKey(key);
    }

    /** All students' work of which there is something, by course, section, homework and student. */
    public List<Work> works() {
        return works.keySet().stream().map(AttemptKey::work).toList();
    }

    /** The attempts of a student at a homework, in order; none if there are none. */
    public List<Attempt> of(Work work) {
        return reliably(() -> read(work));
    }

    private List<Attempt> read(Work work) {
        String prefix = AttemptKey.prefix(work);
        List<Attempt> found = new ArrayList<>();
        Cursor<String, byte[]> cursor = attempts.cursor(prefix, AttemptKey.end(prefix), false);
        while (cursor.hasNext()) {
            cursor.next();
            AttemptFormat.decode(cursor.getValue()).ifPresent(found::add);
        }
        return found;
    }

    /**
     * The works that are asked for as a data set.
     *
     * @param idle the shortest time without an attempt that ends a session
     */
    public Dataset dataset(Predicate<Work> which, Subjects subjects, Duration idle) {
        return new Dataset(works().stream().filter(which).toList(), this::of, subjects, idle);
    }

    /** When the newest attempt at a work began; long ago if there is none. */
    public Instant lastOf(Work work) {
        String prefix = AttemptKey.prefix(work);
        String last = reliably(() -> attempts.floorKey(AttemptKey.end(prefix)));
        return last != null && last.startsWith(prefix) ? AttemptKey.startOf(last) : Instant.EPOCH;
    }

    /** How many attempts there are. */
    public long size() {
        return attempts == null ? 0 : attempts.sizeAsLong();
    }

    @Override
    public synchronized void close() {
        replaceable = false;
        if (store != null) {
            store.close();
        }
    }

    private long count(String prefix) {
        return attempts.getKeyIndex(attempts.floorKey(AttemptKey.end(prefix)))
                - attempts.getKeyIndex(attempts.ceilingKey(prefix))
                + 1;
    }

    private void forgetOldest() {
        Oldest oldest = oldestFirst.first();
        forget(oldest.prefix() + oldest.moment());
    }

    private void forget(String key) {
        attempts.remove(key);
        String prefix = AttemptKey.prefixOf(key);
        String next = attempts.ceilingKey(prefix);
        if (next != null && next.startsWith(prefix)) {
            index(prefix, next);
        } else {
            oldestFirst.remove(works.remove(prefix));
        }
    }

    private void index(String prefix, String first) {
        Oldest now = new Oldest(AttemptKey.momentOf(first), prefix);
        Oldest before = works.put(prefix, now);
        if (before != null) {
            oldestFirst.remove(before);
        }
        oldestFirst.add(now);
    }
}
