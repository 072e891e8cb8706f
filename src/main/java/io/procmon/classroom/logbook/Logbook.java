package io.procmon.classroom.logbook;

import io.procmon.classroom.mirror.Choice;
import io.procmon.classroom.mirror.Look;
import io.procmon.classroom.progsnap2.Dataset;
import io.procmon.classroom.progsnap2.LogGap;
import io.procmon.classroom.progsnap2.Subjects;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.h2.mvstore.Cursor;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.h2.mvstore.type.ByteArrayDataType;
import org.h2.mvstore.type.DataType;
import org.h2.mvstore.type.LongDataType;
import org.h2.mvstore.type.StringDataType;

/**
 * Stores the newest attempts of each student's homework in a file. If there is no room for all attempts, the student
 * with the largest share loses the oldest. One thread enters attempts; any thread reads.
 *
 * <p>Attempts since the last commit are in memory, too. If the file cannot be written, they are copied to it as soon as
 * that works again.
 */
public final class Logbook implements AttemptStore {

    /** The number of failed tries of one access before memory replaces the file. */
    private static final int TRIES = 3;

    /** The number of unsaved entries that do not wait for the next save. They take about 3 MB. */
    private static final int UNSAVED_MAX = 10_000;

    /** The number of entries that are copied to a new file at a time. */
    private static final int COPY_STEP = 1000;

    private static final int COUNT_BITS = 32;

    private final LogbookOptions options;
    private final Shares shares = new Shares();
    private final List<SideMap> sideMaps;
    private final Interventions interventions;
    private final Choices choices;
    private final Looks looks;
    private final Revocations revocations;
    private final LogbookSaver saver;

    /** The entries that no commit has written yet, by key, in the order of arrival. */
    private final Map<String, byte[]> unsaved = new LinkedHashMap<>();

    private volatile LogbookFile file;
    private volatile MVMap<String, byte[]> attempts;

    /**
     * The number of places and of attempts of each work. Without it, a start would read the whole file to count them.
     */
    private MVMap<String, Long> sizes;

    /** Whether another store replaces one that fails. */
    private volatile boolean replaceable;

    private long unsavedPlaces;
    private volatile boolean failing;

    public Logbook(LogbookOptions options) {
        this.options = options;
        boolean isCommitted = options.directory().isPresent();
        SideMap interventionRecords = new SideMap("interventions", isCommitted);
        SideMap choiceRecords = new SideMap("choices", isCommitted);
        SideMap lookRecords = new SideMap("looks", isCommitted);
        SideMap revocationRecords = new SideMap("revocations", isCommitted);
        sideMaps = List.of(interventionRecords, choiceRecords, lookRecords, revocationRecords);
        interventions = new Interventions(interventionRecords);
        choices = new Choices(choiceRecords);
        looks = new Looks(lookRecords);
        revocations = new Revocations(revocationRecords);
        saver = new LogbookSaver(this::save, options.savePause());
    }

    /** Opens the file, or uses memory if that fails. Until then the logbook is empty. */
    @Override
    public synchronized void open() {
        replaceable = true;
        if (options.directory().isEmpty()) {
            use(LogbookFile.inMemory());
        } else {
            openFile(Optional.empty());
        }
    }

    /**
     * Opens the logbook of a stopped service, to be read only.
     *
     * @param directory the directory of the file
     * @throws IOException if there is no file, or if a running service uses it
     */
    public static Logbook read(Path directory) throws IOException {
        Logbook logbook = new Logbook(new LogbookOptions(
                Optional.of(directory), Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO));
        try {
            logbook.use(LogbookFile.read(directory));
        } catch (MVStoreException damage) {
            logbook.close();
            throw new IOException(damage.getMessage(), damage);
        }
        return logbook;
    }

    /**
     * Opens the file and copies the unsaved entries to it. If that fails, memory replaces the file until the next try.
     */
    private void openFile(Optional<RuntimeException> trouble) {
        Path directory = options.directory().orElseThrow();
        try {
            use(
                    trouble.filter(LogbookFile::isDamage).isPresent()
                            ? LogbookFile.openInsteadOfDamaged(directory, trouble.get())
                            : LogbookFile.open(directory));
        } catch (IOException e) {
            useMemory(e);
        } catch (RuntimeException e) {
            useAnotherAfter(e, directory);
        }
    }

    /** Replaces a file that could be opened but not read. */
    private void useAnotherAfter(RuntimeException trouble, Path directory) {
        file.store().closeImmediately();
        try {
            if (!LogbookFile.isUnreadable(trouble)) {
                throw trouble;
            }
            use(LogbookFile.openInsteadOfDamaged(directory, trouble));
        } catch (IOException | RuntimeException e) {
            useMemory(e);
        }
    }

    private void useMemory(Exception trouble) {
        fails(trouble);
        use(LogbookFile.inMemory());
    }

    private void fails(Exception trouble) {
        if (!failing) {
            Log.warnf(
                    "the file of the class register cannot be written (%s): new builds and runs are in memory only"
                            + " until it can",
                    String.valueOf(trouble.getMessage()).lines().findFirst().orElse(""));
        }
        failing = true;
        saver.scheduleRetry();
    }

    private void use(LogbookFile opened) {
        file = opened;
        shares.clear();
        attempts = map(opened, "attempts", ByteArrayDataType.INSTANCE);
        sizes = map(opened, "sizes", LongDataType.INSTANCE);
        sideMaps.forEach(it -> it.use(map(opened, it.name(), ByteArrayDataType.INSTANCE)));
        choices.use();
        revocations.use();
        index();
        List.copyOf(unsaved.entrySet()).forEach(entry -> add(entry.getKey(), entry.getValue()));
        enforceLimits();
    }

    /** A map of a file; an empty one in memory if an earlier procmon made the file without it, and it is read only. */
    private <V> MVMap<String, V> map(LogbookFile opened, String name, DataType<V> values) {
        MVStore store = opened.store();
        boolean canHold = replaceable || store.hasMap(name);
        return (canHold ? store : LogbookFile.inMemory().store())
                .openMap(
                        name,
                        new MVMap.Builder<String, V>()
                                .keyType(StringDataType.INSTANCE)
                                .valueType(values));
    }

    /** Indexes the works. Only works of unknown size are read. */
    private void index() {
        String first = attempts.firstKey();
        while (first != null) {
            String prefix = AttemptKey.prefixOf(first);
            String last = attempts.floorKey(AttemptKey.end(prefix));
            long count = attempts.getKeyIndex(last) - attempts.getKeyIndex(first) + 1;
            Long known = sizes.get(prefix);
            long places = known == null || count != (known & 0xFFFF_FFFFL) ? measure(prefix) : known >>> COUNT_BITS;
            shares.add(prefix, AttemptKey.momentOf(first), AttemptKey.momentOf(last), (int) count, places);
            first = attempts.higherKey(AttemptKey.end(prefix));
        }
    }

    /** Measures a work. An earlier procmon had no limit on the size of an attempt, so each attempt is clipped here. */
    private long measure(String prefix) {
        long places = 0;
        long count = 0;
        Cursor<String, byte[]> cursor = attempts.cursor(prefix, AttemptKey.end(prefix), false);
        while (cursor.hasNext()) {
            String key = cursor.next();
            byte[] record = cursor.getValue();
            int taken = Shares.places(key, record);
            if (taken > 1 && replaceable) {
                byte[] clipped =
                        AttemptFormat.decode(record).map(AttemptFormat::encode).orElse(record);
                if (clipped.length < record.length) {
                    attempts.put(key, clipped);
                }
                taken = Shares.places(key, clipped);
            }
            places += taken;
            count++;
        }
        if (replaceable) {
            sizes.put(prefix, places << COUNT_BITS | count);
        }
        return places;
    }

    @Override
    public synchronized Admission enter(Work work, Attempt attempt) {
        String key = AttemptKey.of(work, attempt);
        byte[] record = AttemptFormat.encode(attempt);
        Admission admission = reliably(() -> {
            Choice choice = choices.of(work.student());
            if (choice.optedOutAt().isPresent()) {
                return Admission.OPTED_OUT;
            }
            if (choice.isDeleted(attempt.startedAt())) {
                return Admission.DELETED;
            }
            return enter(key, record) ? Admission.ADDED : Admission.REPEATED;
        });
        if (!unsaved.isEmpty()) {
            saver.schedule();
        }
        return admission;
    }

    /** Enters a record that is new, if it is not older than all for which there is room. */
    private boolean enter(String key, byte[] record) {
        if (attempts.containsKey(key)) {
            return false;
        }
        if (options.directory().isPresent() && unsaved.put(key, record) == null) {
            unsavedPlaces += Shares.places(key, record);
            if (unsaved.size() == UNSAVED_MAX) {
                saver.saveNow();
            }
        }
        add(key, record);
        enforceLimitOf(AttemptKey.prefixOf(key));
        enforceTotals();
        return attempts.containsKey(key);
    }

    @Override
    public synchronized boolean enter(Work work, Intervention intervention) {
        boolean news = reliably(() -> interventions.add(work, intervention));
        scheduleIf(news);
        return news;
    }

    private void scheduleIf(boolean isChanged) {
        if (isChanged && options.directory().isPresent()) {
            saver.schedule();
        }
    }

    @Override
    public synchronized void enter(Student student, Look look) {
        scheduleIf(reliably(() -> looks.add(student, look)));
    }

    @Override
    public List<Look> looksAt(Student student) {
        return reliably(() -> looks.at(student));
    }

    @Override
    public Choice choiceOf(Student student) {
        return choices.of(student);
    }

    @Override
    public Set<Student> optedOut() {
        return choices.optedOut();
    }

    @Override
    public synchronized boolean setOptedOut(Student student, Optional<Instant> at) {
        boolean isChanged = reliably(() -> {
            Choice before = choices.of(student);
            if (before.optedOutAt().isPresent() == at.isPresent()) {
                return false;
            }
            choices.put(student, before.withOptedOutAt(at));
            return true;
        });
        scheduleIf(isChanged);
        return isChanged;
    }

    @Override
    public synchronized void revokeLinks(Student student, Instant until) {
        scheduleIf(reliably(() -> {
            revocations.add(student, until);
            return true;
        }));
    }

    @Override
    public Optional<Instant> linksRevokedUntil(Student student) {
        return revocations.of(student);
    }

    @Override
    public List<Intervention> interventionsOf(Work work) {
        return reliably(() -> interventions.of(work));
    }

    /** Runs an access. If the file fails, the access is repeated with the store that replaces it. */
    private <T> T reliably(Supplier<T> access) {
        for (int tries = 1; ; tries++) {
            MVMap<String, byte[]> accessed = attempts;
            try {
                return access.get();
            } catch (RuntimeException trouble) {
                replace(accessed, trouble, tries == TRIES);
            }
        }
    }

    private synchronized void replace(MVMap<String, byte[]> troubled, RuntimeException trouble, boolean byMemory) {
        if (!replaceable || !file.isOnDisk()) {
            throw trouble;
        }
        if (!attempts.equals(troubled)) {
            return; // another thread has already replaced it
        }
        file.store().closeImmediately();
        if (byMemory) {
            useMemory(trouble);
        } else {
            openFile(Optional.of(trouble));
        }
    }

    private void add(String key, byte[] record) {
        if (attempts.putIfAbsent(key, record) != null) {
            return;
        }
        String moment = AttemptKey.momentOf(key);
        String prefix = AttemptKey.prefixOf(key);
        shares.add(prefix, moment, moment, 1, Shares.places(key, record));
        writeSize(prefix);
    }

    private void writeSize(String prefix) {
        if (shares.attempts(prefix) == 0) {
            sizes.remove(prefix);
            interventions.forget(prefix);
            forgetLooks(AttemptKey.work(prefix).student());
        } else {
            sizes.put(prefix, shares.places(prefix) << COUNT_BITS | shares.attempts(prefix));
        }
    }

    /** Forgets who has looked at a student of whom nothing is left. */
    private void forgetLooks(Student student) {
        if (looks.has(student) && works(WorkSelection.of(student)).isEmpty()) {
            looks.forget(student);
        }
    }

    private void enforceLimits() {
        if (replaceable) {
            shares.prefixes().toList().forEach(this::enforceLimitOf);
            enforceTotals();
        }
    }

    private void enforceLimitOf(String prefix) {
        while (shares.places(prefix) > options.perWork()) {
            forget(attempts.ceilingKey(prefix));
        }
    }

    private void enforceTotals() {
        while (shares.places() > (file.isOnDisk() ? options.onDisk() : options.inMemory())) {
            forget(shares.oldestOfLargest());
        }
        while (shares.hasTooManyWorks()) {
            shares.worksTooMany().forEach(this::forgetWork);
        }
        while (failing && unsavedPlaces > options.inMemory()) {
            forget(unsaved.keySet().iterator().next());
        }
    }

    @Override
    public synchronized long forget(Student student, Instant now) {
        long before = size();
        reliably(() -> {
            List<Work> works = works(WorkSelection.of(student));
            Instant newest = works.stream()
                    .map(this::lastOf)
                    .max(Comparator.naturalOrder())
                    .orElse(now);
            choices.put(student, choices.of(student).withDeletedUntil(Choice.deletedUntil(now, newest)));
            works.stream().map(AttemptKey::prefix).forEach(this::forgetWork);
            looks.forget(student);
            return true;
        });
        saver.schedule();
        return before - size();
    }

    private void forgetWork(String prefix) {
        while (shares.attempts(prefix) > 0) {
            forget(attempts.ceilingKey(prefix));
        }
    }

    private void forget(String key) {
        byte[] record = attempts.remove(key);
        saved(key, unsaved.get(key));
        if (record == null) {
            throw new IllegalStateException("the logbook does not hold what its index names");
        }
        String prefix = AttemptKey.prefixOf(key);
        Optional<String> next = Optional.ofNullable(attempts.ceilingKey(prefix)).filter(it -> it.startsWith(prefix));
        shares.remove(prefix, next.map(AttemptKey::momentOf), Shares.places(key, record));
        writeSize(prefix);
    }

    /** Notes that an entry was written or removed. */
    private void saved(String key, byte[] record) {
        if (record != null && unsaved.remove(key, record)) {
            unsavedPlaces -= Shares.places(key, record);
        }
    }

    /** Commits the entries. Further entries can be made meanwhile. */
    void save() {
        LogbookFile saving;
        Map<String, byte[]> entries;
        Map<SideMap, Map<String, Optional<byte[]>>> changes = new HashMap<>();
        synchronized (this) {
            if (!replaceable || options.directory().isEmpty()) {
                return;
            }
            if (!file.isOnDisk()) {
                openFile(Optional.empty());
            } else if (file.isRemoved()) {
                beginAnew();
            }
            saving = file;
            entries = Map.copyOf(unsaved);
            sideMaps.forEach(it -> changes.put(it, it.unsaved()));
        }
        if (!saving.isOnDisk() || saving.isRemoved()) {
            return; // the next try is scheduled
        }
        try {
            saving.store().commit();
            saved(saving, entries, changes);
        } catch (RuntimeException trouble) {
            couldNotSave(saving, trouble);
        }
    }

    private synchronized void saved(
            LogbookFile where, Map<String, byte[]> entries, Map<SideMap, Map<String, Optional<byte[]>>> changes) {
        if (!where.equals(file)) {
            return;
        }
        entries.forEach(this::saved);
        changes.forEach(SideMap::saved);
        if (failing) {
            Log.info("the file of the class register works again");
        }
        failing = false;
        if (!unsaved.isEmpty() || sideMaps.stream().anyMatch(SideMap::isUnsaved)) {
            saver.schedule();
        }
    }

    private synchronized void couldNotSave(LogbookFile where, RuntimeException trouble) {
        if (!replaceable || !where.equals(file)) {
            return;
        }
        fails(trouble);
        file.store().closeImmediately();
        openFile(Optional.of(trouble));
    }

    /**
     * Writes a new file after somebody has deleted the old one. The contents of a deleted file can be read while it is
     * open, so they are copied.
     */
    private void beginAnew() {
        LogbookFile deleted = file;
        MVMap<String, byte[]> contents = attempts;
        Map<SideMap, MVMap<String, byte[]>> others = new HashMap<>();
        sideMaps.forEach(it -> others.put(it, it.stored()));
        try {
            LogbookFile opened = LogbookFile.open(options.directory().orElseThrow());
            Log.errorf(
                    "somebody has deleted %s: procmon writes a new file with the same contents",
                    opened.file().orElseThrow());
            use(opened);
            copy(contents);
            others.forEach(SideMap::addAll);
        } catch (IOException | RuntimeException e) {
            fails(e);
        }
        if (!deleted.equals(file)) {
            deleted.store().closeImmediately();
        }
    }

    private void copy(MVMap<String, byte[]> contents) {
        Cursor<String, byte[]> cursor = contents.cursor(contents.firstKey());
        for (int copied = 1; cursor.hasNext(); copied++) {
            add(cursor.next(), cursor.getValue());
            if (copied % COPY_STEP == 0) {
                file.store().commit();
            }
        }
        enforceLimits();
    }

    /** Checks whether somebody has deleted the file. */
    @Override
    public synchronized void check() {
        if (replaceable && file.isRemoved()) {
            saver.schedule();
        }
    }

    /** Whether all attempts survive the end of this process. */
    @Override
    public boolean isOnDisk() {
        return options.directory().isPresent() && !failing;
    }

    /**
     * Commits the entries now; otherwise this happens within seconds.
     *
     * @throws StoreUnavailable if the file cannot be written now, so that some entries are in memory only
     */
    @Override
    public void keep() {
        save();
        if (options.directory().isPresent() && failing) {
            throw new StoreUnavailable("the file of the class register takes nothing");
        }
    }

    @Override
    public List<Work> works(WorkSelection selection) {
        return selection
                .course()
                .map(course -> shares.prefixes(AttemptKey.prefix(course)))
                .orElseGet(shares::prefixes)
                .map(AttemptKey::work)
                .filter(selection)
                .toList();
    }

    /** The same number for all: no other process changes the file. */
    @Override
    public Map<Work, Long> revisions(WorkSelection selection) {
        Map<Work, Long> revisions = new LinkedHashMap<>();
        works(selection).forEach(work -> revisions.put(work, 0L));
        return revisions;
    }

    @Override
    public Map<String, Integer> courses() {
        Map<String, Integer> courses = new TreeMap<>();
        works().forEach(work -> courses.merge(work.student().course(), 1, Integer::sum));
        return courses;
    }

    /** The attempts at a work, in order; none if there are none. */
    @Override
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
     * The selected works as a data set.
     *
     * @param idle the shortest time without an attempt that ends a session
     */
    public Dataset dataset(Predicate<Work> which, Subjects subjects, Duration idle) {
        List<LogGap> gaps = options.directory().map(GapLog::read).orElse(List.of());
        return dataset(which, subjects, idle, gaps);
    }

    /**
     * The same with gaps that the caller knows.
     *
     * @param gaps the times in which events were lost
     */
    Dataset dataset(Predicate<Work> which, Subjects subjects, Duration idle, List<LogGap> gaps) {
        return new Dataset(
                works().stream().filter(which).toList(), this::of, this::interventionsOf, subjects, idle, gaps);
    }

    @Override
    public List<Work> worksSince(Instant time) {
        return works().stream().filter(work -> lastOf(work).isAfter(time)).toList();
    }

    /** Does nothing: no other process can use the file. */
    @Override
    public void onChange(StoreListener listener) {}

    /** The start of the newest attempt at a work; {@link Instant#EPOCH} if there is none. */
    public Instant lastOf(Work work) {
        String prefix = AttemptKey.prefix(work);
        String last = reliably(() -> attempts.floorKey(AttemptKey.end(prefix)));
        return last != null && last.startsWith(prefix) ? AttemptKey.startOf(last) : Instant.EPOCH;
    }

    /** The number of attempts. */
    @Override
    public long size() {
        return attempts == null ? 0 : attempts.sizeAsLong();
    }

    @Override
    public void close() {
        save(); // without the lock, so that threads that enter attempts do not wait
        synchronized (this) {
            replaceable = false;
            saver.close();
            if (file != null) {
                closeFile();
            }
        }
    }

    private void closeFile() {
        if (failing && !unsaved.isEmpty()) {
            Log.warnf(
                    "%d builds and runs are lost from the class register: its file cannot be written", unsaved.size());
            file.store().closeImmediately();
            return;
        }
        try {
            file.store().close();
        } catch (MVStoreException e) {
            Log.warnf("the file of the class register could not be closed: %s", e.getMessage());
        }
    }
}
