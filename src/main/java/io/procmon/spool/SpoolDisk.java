package io.procmon.spool;

import io.procmon.process.Student;
import io.procmon.spool.RecordFormat.Unreadable;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.h2.mvstore.MVStoreException;

/**
 * The spool's file, if there can be one, through good days and bad: a disk that takes nothing is tried again, and
 * meanwhile said once.
 */
final class SpoolDisk implements AutoCloseable {

    private static final int PAGE = 256;
    private static final long PAGE_BYTES = 1 << 20;
    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    private final Optional<Path> directory;
    private Optional<SpoolFile> file;
    private final Set<Long> removed = new HashSet<>();
    private int reopenings;
    private boolean failing;
    private long tryAgainAt;

    private SpoolDisk(Optional<Path> directory, Optional<SpoolFile> file) {
        this.directory = directory;
        this.file = file;
    }

    static SpoolDisk open(Optional<Path> directory) {
        if (directory.isEmpty()) {
            Log.info("procmon.spool.dir is not set: what the backend has not taken is kept in memory only");
            return new SpoolDisk(directory, Optional.empty());
        }
        try {
            SpoolFile file = SpoolFile.open(directory.get());
            if (file.count() > 0) {
                Log.infof("the spool in %s holds %d activities of before", directory.get(), file.count());
            }
            return new SpoolDisk(directory, Optional.of(file));
        } catch (IOException | RuntimeException e) {
            Log.warnf(
                    "the spool cannot be in %s (%s): what the backend has not taken is kept in memory only",
                    directory.get(), reason(e));
            return new SpoolDisk(Optional.empty(), Optional.empty());
        }
    }

    /** Adds records and makes this and all removals last. */
    boolean save(Map<Long, byte[]> records) {
        if (directory.isEmpty() || (failing && System.nanoTime() - tryAgainAt < 0)) {
            return false;
        }
        try {
            SpoolFile open = file.isPresent() ? file.get() : reopen();
            records.forEach(open::add);
            open.commit(!records.isEmpty());
            removed.clear();
            works();
            return true;
        } catch (IOException | MVStoreException e) {
            fails(e);
            return false;
        }
    }

    void remove(long position) {
        removed.add(position);
        use(open -> {
            open.remove(position);
            return Optional.empty();
        });
    }

    byte[] read(long position) {
        return this.<byte[]>use(open -> Optional.ofNullable(open.read(position)))
                .orElse(null);
    }

    /** Takes an unsettled record of the file, without its contents. */
    interface Visitor {
        void visit(long position, int size, Instant keptAt, Student student);
    }

    /** Shows all records of the file in the order of their positions. Records that cannot be read are removed. */
    void visit(Visitor visitor) {
        use(open -> {
            long from = 0;
            for (List<Map.Entry<Long, byte[]>> page = open.read(from, PAGE, PAGE_BYTES);
                    !page.isEmpty();
                    page = open.read(from, PAGE, PAGE_BYTES)) {
                for (Map.Entry<Long, byte[]> record : page) {
                    visit(visitor, record.getKey(), record.getValue());
                }
                from = page.getLast().getKey() + 1;
            }
            return Optional.empty();
        });
    }

    private void visit(Visitor visitor, long position, byte[] record) {
        try {
            RecordFormat.Head head = RecordFormat.head(record);
            visitor.visit(position, record.length, head.keptAt(), head.student());
        } catch (Unreadable problem) {
            Log.debugf("the activity at %d cannot be read: %s", position, problem.getMessage());
            remove(position);
        }
    }

    /** The next records; empty if they cannot be read now. */
    Optional<List<Map.Entry<Long, byte[]>>> read(long from, int max, long maxBytes) {
        return directory.isEmpty() ? Optional.of(List.of()) : use(open -> Optional.of(open.read(from, max, maxBytes)));
    }

    /** The first position from one on, of those that can be read now. */
    Optional<Long> first(long from) {
        return use(open -> Optional.ofNullable(open.first(from)));
    }

    long count() {
        return use(open -> Optional.of(open.count())).orElse(0L);
    }

    long end() {
        return use(open -> Optional.of(open.end())).orElse(0L);
    }

    long fileSize() {
        return use(open -> Optional.of(open.fileSize())).orElse(0L);
    }

    /** Whether there is a file at all. */
    boolean isUsed() {
        return directory.isPresent();
    }

    /** Whether what is in the file can be read now. */
    boolean isReadable() {
        return file.isPresent();
    }

    /** How often the file was opened anew after a failure: each time it may hold less than before. */
    int reopenings() {
        return reopenings;
    }

    int unsavedRemovals() {
        return directory.isPresent() ? removed.size() : 0;
    }

    /** Whether the disk takes nothing at present. */
    boolean isFailing() {
        return failing;
    }

    private interface Use<T> {
        Optional<T> of(SpoolFile file);
    }

    private <T> Optional<T> use(Use<T> use) {
        try {
            return file.flatMap(use::of);
        } catch (MVStoreException e) {
            fails(e);
            return Optional.empty();
        }
    }

    /** A store that has failed is closed for good: what is in its file is what the last commit left there. */
    private SpoolFile reopen() throws IOException {
        SpoolFile open = SpoolFile.open(directory.orElseThrow());
        file = Optional.of(open);
        removed.forEach(open::remove);
        reopenings++;
        return open;
    }

    private void fails(Exception e) {
        if (!failing) {
            Log.errorf(
                    "the spool's disk takes nothing (%s): what arrives is kept in memory only, until it does",
                    reason(e));
        }
        failing = true;
        tryAgainAt = System.nanoTime() + TRY_AGAIN.toNanos();
        file.ifPresent(SpoolFile::abandon);
        file = Optional.empty();
        try {
            reopen();
        } catch (IOException | MVStoreException again) {
            Log.debugf("the spool cannot be opened: %s", reason(again));
        }
    }

    private void works() {
        if (failing) {
            Log.info("the spool's disk works again");
        }
        failing = false;
    }

    /** The first line of what the store says: the rest is its own stack trace. */
    private static String reason(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        try {
            file.ifPresent(SpoolFile::close);
        } catch (MVStoreException e) {
            Log.warnf("the spool could not be closed: %s", reason(e));
        }
    }
}
