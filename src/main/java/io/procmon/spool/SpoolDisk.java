package io.procmon.spool;

import io.procmon.process.Student;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The journal, if it can be used, and the handling of disk errors: a failed write is retried, and the failure is logged
 * once.
 */
final class SpoolDisk implements AutoCloseable {

    private static final Duration TRY_AGAIN = Duration.ofSeconds(2);

    /** The longest time for which a written record may be lost by a power cut, unless it is settled before. */
    private static final Duration SYNC_WITHIN = Duration.ofMillis(250);

    private final Optional<Path> directory;
    private Optional<Journal> journal;
    private final Set<Long> removed = new HashSet<>();
    private int reopenings;
    private boolean failing;
    private boolean notSynced;
    private long tryAgainAt;

    /** The time of the first record that may need a sync; undefined if no record needs one. */
    private long unsyncedSince;

    private SpoolDisk(Optional<Path> directory, Optional<Journal> journal) {
        this.directory = directory;
        this.journal = journal;
    }

    static SpoolDisk open(Optional<Path> directory) {
        if (directory.isEmpty()) {
            Log.info("procmon.spool.dir is not set: undelivered activities are kept in memory only");
            return new SpoolDisk(directory, Optional.empty());
        }
        try {
            Journal journal = Journal.open(directory.get());
            if (journal.count() > 0) {
                Log.infof("the spool in %s holds %d activities of an earlier run", directory.get(), journal.count());
            }
            return new SpoolDisk(directory, Optional.of(journal));
        } catch (IOException | RuntimeException e) {
            Log.warnf(
                    "the spool cannot be in %s (%s): undelivered activities are kept in memory only",
                    directory.get(), reason(e));
            return new SpoolDisk(Optional.empty(), Optional.empty());
        }
    }

    /**
     * Writes records, and which ones were removed. The records survive the end of the process. They survive a power cut
     * when {@link #sync} has returned.
     */
    boolean save(Map<Long, byte[]> records) {
        if (directory.isEmpty() || (failing && System.nanoTime() - tryAgainAt < 0)) {
            return false;
        }
        try {
            Journal open = journal.isPresent() ? journal.get() : reopen();
            if (!open.isSyncNeeded()) {
                unsyncedSince = System.nanoTime();
            }
            for (Map.Entry<Long, byte[]> record : records.entrySet()) {
                open.add(record.getKey(), record.getValue());
            }
            open.write();
            removed.clear();
            if (!notSynced) {
                works();
            }
            return true;
        } catch (IOException e) {
            fails(e);
            return false;
        }
    }

    /**
     * The time until {@link #sync} is due, in nanoseconds; not positive if it is due, and the maximum if nothing is.
     */
    long untilSync(long now) {
        if (journal.isEmpty() || !journal.get().isSyncNeeded()) {
            return Long.MAX_VALUE;
        }
        return failing ? tryAgainAt - now : SYNC_WITHIN.toNanos() - (now - unsyncedSince);
    }

    /**
     * Makes all records durable. Records that are settled within {@link #SYNC_WITHIN} need no wait for the disk,
     * because the backend has them.
     */
    void sync() {
        if (journal.isEmpty()) {
            return;
        }
        try {
            journal.get().sync();
            if (notSynced) {
                notSynced = false;
                works();
            }
        } catch (IOException e) {
            fails(e);
        }
    }

    void remove(long position) {
        removed.add(position);
        journal.ifPresent(open -> open.remove(position));
    }

    byte[] read(long position) {
        return this.<byte[]>use(open -> Optional.ofNullable(open.read(position)))
                .orElse(null);
    }

    /** Receives an unsettled record of the file, without its contents. */
    interface Visitor {
        void visit(long position, int size, Instant keptAt, Student student);
    }

    /** Visits all records of the file in the order of their positions. Records that cannot be read are removed. */
    void visit(Visitor visitor) {
        use(open -> {
            open.heads((position, size, head) -> {
                if (head.equals(RecordFormat.Head.UNKNOWN)) {
                    remove(position);
                } else {
                    visitor.visit(position, size, head.keptAt(), head.student());
                }
            });
            return Optional.empty();
        });
    }

    long count() {
        return use(open -> Optional.of(open.count())).orElse(0L);
    }

    /** The number of records that were missing when the journal was opened. */
    long lost() {
        return use(open -> Optional.of(open.lost())).orElse(0L);
    }

    long end() {
        return use(open -> Optional.of(open.end())).orElse(0L);
    }

    /** The size of the journal on disk. A deleted directory is detected here and created again. */
    long fileSize() {
        return use(open -> {
                    open.checkNotRemoved();
                    return Optional.of(open.fileSize());
                })
                .orElse(0L);
    }

    /** Whether the spool has a file. */
    boolean isUsed() {
        return directory.isPresent();
    }

    /** Whether the journal can be read now. */
    boolean isReadable() {
        return journal.isPresent();
    }

    /** The number of reopenings after a failure. After each one, the journal may have fewer records than before. */
    int reopenings() {
        return reopenings;
    }

    int unsavedRemovals() {
        return directory.isPresent() ? removed.size() : 0;
    }

    /** Whether the disk accepts no writes at present. */
    boolean isFailing() {
        return failing;
    }

    private interface Use<T> {
        Optional<T> of(Journal journal) throws IOException;
    }

    private <T> Optional<T> use(Use<T> use) {
        if (journal.isEmpty()) {
            return Optional.empty();
        }
        try {
            return use.of(journal.get());
        } catch (IOException e) {
            openAgainAfter(e);
            return Optional.empty();
        }
    }

    private Journal reopen() throws IOException {
        Journal open = Journal.open(directory.orElseThrow());
        journal = Optional.of(open);
        removed.forEach(open::remove);
        reopenings++;
        return open;
    }

    /** Handles a failed write. The journal has cut off the partial write, and can still be read. */
    private void fails(IOException e) {
        notSynced |= e instanceof Journal.NotSynced;
        if (e instanceof Journal.Removed
                || e instanceof Journal.NotSynced
                || e instanceof ClosedChannelException
                || journal.isEmpty()) {
            openAgainAfter(e);
        } else {
            takesNothing(e);
        }
    }

    private void takesNothing(IOException e) {
        if (!failing) {
            Log.errorf("the spool's disk accepts no writes (%s): new activities are kept in memory only", reason(e));
        }
        failing = true;
        tryAgainAt = System.nanoTime() + TRY_AGAIN.toNanos();
    }

    private void openAgainAfter(IOException e) {
        journal.ifPresent(Journal::abandon);
        journal = Optional.empty();
        if (e instanceof Journal.Removed) {
            Log.errorf("%s: procmon creates a new spool there, with the activities in memory", reason(e));
        } else {
            takesNothing(e);
        }
        try {
            reopen();
        } catch (IOException again) {
            takesNothing(again);
        }
    }

    private void works() {
        if (failing) {
            Log.info("the spool's disk works again");
        }
        failing = false;
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    @Override
    public void close() {
        try {
            if (journal.isPresent()) {
                journal.get().close();
            }
        } catch (IOException e) {
            Log.warnf("the spool could not be closed: %s", reason(e));
        }
    }
}
