package io.procmon.spool;

import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The records on disk, by position: an append-only journal of segment files. After {@link #write} has returned, added
 * records survive the end of the process. After {@link #sync} has returned, they survive a power cut. One thread uses
 * the journal. The thread must not be interrupted, because an interrupt closes Java's file channels.
 */
final class Journal implements AutoCloseable {

    /** A segment is replaced at this part of its size if all its records are settled. */
    private static final int SETTLED_PART = 16;

    private static final int BUFFER = 256 << 10;
    private static final int MAX_OPEN_SEGMENTS = 8;
    private static final int HEAD_BYTES = 512;

    private final Path directory;
    private final Storage storage;
    private final DirectoryLock lock;
    private final PositionIndex index;
    private final Map<Integer, Segment> segments;
    private final LinkedHashSet<Segment> opened = new LinkedHashSet<>();
    private final List<Segment> deleted = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private long lost;
    private Segment active;
    private int activeSlot;
    private int nextSlot;
    private long nextOrdinal;
    private long end;
    private long unsyncedFrom;
    private long generation;
    private int manifestBytes;
    private boolean isManifestOutdated;
    private boolean hasTornTail;
    private long tail;
    private long flushed;
    private int groupCount;
    private long groupEnd;
    private long[] group = new long[64];

    /** Receives the first fields of each record. */
    interface HeadVisitor {
        /**
         * Receives the first fields of one record.
         *
         * @param size the record's size; the next record's position is at least {@code position + size}
         */
        void visit(long position, int size, RecordFormat.Head head);
    }

    /** The directory was deleted, or files that the journal needs in it. */
    static final class Removed extends IOException {
        private static final long serialVersionUID = 1L;

        Removed(Path directory) {
            super("somebody has deleted " + directory + " or files in it");
        }
    }

    /** The disk did not confirm written records. Whether they survive a power cut is unknown. */
    static final class NotSynced extends IOException {
        private static final long serialVersionUID = 1L;

        NotSynced(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * The result of an opening.
     *
     * @param active the segment to which records may be appended; null if there is none
     * @param isManifestOutdated whether the manifest does not describe these segments
     * @param lost the number of missing records
     */
    record Found(
            PositionIndex index,
            Map<Integer, Segment> segments,
            Segment active,
            long nextOrdinal,
            long end,
            long generation,
            boolean isManifestOutdated,
            long lost) {}

    Journal(Path directory, Storage storage, DirectoryLock lock, Found found) {
        this.directory = directory;
        this.storage = storage;
        this.lock = lock;
        this.index = found.index();
        this.segments = new HashMap<>(found.segments());
        this.active = found.active();
        this.nextOrdinal = found.nextOrdinal();
        this.end = found.end();
        this.generation = found.generation();
        this.isManifestOutdated = found.isManifestOutdated();
        this.lost = found.lost();
        segments.forEach((slot, segment) -> {
            nextSlot = Math.max(nextSlot, slot + 1);
            activeSlot = segment == active ? slot : activeSlot;
        });
        hasTornTail = active != null; // the end of the file may be torn, even if the length is right
        unsyncedFrom = active == null || active.unconfirmed() == 0 ? end : 0;
        startGroup();
    }

    /**
     * Opens the journal in a directory, and creates both if they do not exist. A damaged file is kept aside, and its
     * readable records stay in the spool.
     *
     * @throws IOException if the journal cannot be created, or if another process uses it
     */
    static Journal open(Path directory) throws IOException {
        return open(directory, Storage.DISK);
    }

    static Journal open(Path directory, Storage storage) throws IOException {
        Files.createDirectories(directory);
        DirectoryLock lock = DirectoryLock.of(directory);
        try {
            Journal journal = new Journal(directory, storage, lock, JournalOpening.of(directory, storage));
            journal.syncAll();
            journal.tidyUp();
            journal.lost += LegacyStore.moveInto(journal, directory);
            return journal;
        } catch (Throwable e) { // an error too: the lock must not stay
            lock.close();
            throw e;
        }
    }

    /** Makes the records durable that an earlier process wrote last, before the manifest counts them. */
    private void syncAll() {
        for (Segment segment : segments.values()) {
            try {
                if (segment.unconfirmed() > 0) {
                    segment.confirm();
                    touch(segment);
                }
            } catch (IOException e) {
                Log.debugf("%s cannot be synced now: %s", segment.journal(), e.getMessage());
            }
        }
    }

    /** Updates the manifest after an opening. A full disk does not prevent the start. */
    private void tidyUp() {
        try {
            writeManifestAndDeleteSettled();
        } catch (IOException e) {
            Log.debugf("the spool's manifest cannot be written now: %s", e.getMessage());
        }
    }

    private void startGroup() {
        buffer.clear();
        groupCount = 0;
        groupEnd = 0;
        tail = active == null ? 0 : active.length();
        flushed = tail;
    }

    /** Adds a record to the group that {@link #write} writes. A record that the journal already has is skipped. */
    void add(long position, byte[] record) throws IOException {
        if (index.place(position) != PositionIndex.NONE) {
            return;
        }
        try {
            if (groupCount == 0) {
                prepareActive();
                startGroup();
            }
            int inGroup = active.unconfirmed() + groupCount;
            put(ByteBuffer.wrap(Frame.header(record, inGroup, nextOrdinal + groupCount, position)));
            put(ByteBuffer.wrap(record));
        } catch (IOException | RuntimeException e) {
            rollBack();
            throw e;
        }
        if (2 * groupCount == group.length) {
            group = Arrays.copyOf(group, group.length * 2);
        }
        group[2 * groupCount] = position;
        group[2 * groupCount + 1] = tail;
        groupCount++;
        groupEnd = Math.max(groupEnd, position + record.length);
        tail += Frame.HEADER + record.length;
    }

    private void put(ByteBuffer bytes) throws IOException {
        if (buffer.remaining() < bytes.remaining()) {
            flush();
        }
        if (bytes.remaining() > buffer.capacity()) {
            int size = bytes.remaining();
            active.write(bytes, flushed);
            flushed += size;
        } else {
            buffer.put(bytes);
        }
    }

    private void flush() throws IOException {
        buffer.flip();
        int size = buffer.remaining();
        active.write(buffer, flushed);
        flushed += size;
        buffer.clear();
    }

    private void prepareActive() throws IOException {
        checkNotRemoved();
        if (hasTornTail) {
            active.truncate();
            hasTornTail = false;
        }
        boolean isFull = active != null
                && (active.length() >= storage.segmentBytes()
                        || (active.live() == 0 && active.length() >= storage.segmentBytes() / SETTLED_PART));
        if (active == null || isFull) {
            startSegment();
        }
    }

    /**
     * The full segment is durable before the manifest names its size. The new segment is durable before the manifest
     * names it; the manifest is durable before the first record.
     */
    private void startSegment() throws IOException {
        confirm();
        Segment next = Segment.create(storage, directory, nextOrdinal, end);
        Segment before = active;
        int slot = nextSlot;
        segments.put(slot, next);
        if (before != null) {
            before.seal();
        }
        try {
            writeManifest();
        } catch (IOException e) {
            segments.remove(slot);
            next.deleteJournal();
            throw e;
        }
        nextSlot++;
        activeSlot = slot;
        active = next;
        if (before != null) {
            touch(before);
        }
    }

    /** Writes the added records in one step, and the settlements to the state files. */
    void write() throws IOException {
        writeSettlements(writeGroup());
    }

    /** Makes all written records durable. */
    void sync() throws IOException {
        checkNotRemoved();
        confirm();
        writeStates();
    }

    /** Writes the added records and makes them durable; writes the settlements to the state files. */
    void commit() throws IOException {
        boolean hasRecords = writeGroup();
        confirm();
        writeSettlements(hasRecords);
    }

    /** Whether a power cut may destroy unsettled records. */
    boolean isSyncNeeded() {
        return active != null && active.unconfirmed() > 0 && index.ceiling(unsyncedFrom) != PositionIndex.NONE;
    }

    private void confirm() throws NotSynced {
        if (active == null || active.unconfirmed() == 0) {
            return;
        }
        try {
            active.confirm();
            unsyncedFrom = end;
        } catch (IOException e) {
            throw new NotSynced(e);
        }
    }

    private void writeSettlements(boolean hasRecords) throws IOException {
        try {
            writeStates();
            writeManifestAndDeleteSettled();
        } catch (IOException e) {
            if (!hasRecords) {
                throw e;
            }
            Log.debugf("settlements cannot be written now: %s", e.getMessage());
        }
    }

    /** Writes the group; returns whether it has records. */
    private boolean writeGroup() throws IOException {
        if (groupCount == 0) {
            return false;
        }
        try {
            flush();
            active.written(tail, groupCount);
        } catch (IOException | RuntimeException e) {
            rollBack();
            throw e;
        }
        for (int i = 0; i < groupCount; i++) {
            unsyncedFrom = Math.min(unsyncedFrom, group[2 * i]);
            if (index.add(group[2 * i], place(activeSlot, group[2 * i + 1]))) {
                active.added();
            }
        }
        nextOrdinal += groupCount;
        end = Math.max(end, groupEnd);
        if (group.length > BUFFER) {
            group = new long[64];
        }
        startGroup();
        return true;
    }

    private static long place(int slot, long offset) {
        return (long) slot << 32 | offset;
    }

    private Segment segmentAt(long place) {
        return segments.get((int) (place >>> 32));
    }

    private static long offsetAt(long place) {
        return place & 0xFFFF_FFFFL;
    }

    /** Discards the group. The bytes that were written are cut off now, or before the next group. */
    private void rollBack() {
        if (active != null) {
            try {
                active.truncate();
                hasTornTail = false;
            } catch (IOException e) {
                hasTornTail = true;
                Log.debugf("the torn end of a segment stays for now: %s", e.getMessage());
            }
        }
        startGroup();
    }

    private void writeStates() throws IOException {
        IOException failure = null;
        for (Segment segment : segments.values()) {
            try {
                segment.writeState(end, generation);
                touch(segment);
            } catch (IOException e) {
                failure = e; // a full disk: to delete a settled segment makes room
            }
        }
        if (failure != null) {
            writeManifestAndDeleteSettled();
            throw failure;
        }
    }

    private void writeManifestAndDeleteSettled() throws IOException {
        Iterator<Segment> all = segments.values().iterator();
        while (all.hasNext()) {
            Segment segment = all.next();
            if (segment != active && segment.live() == 0) {
                all.remove();
                opened.remove(segment);
                segment.deleteJournal();
                deleted.add(segment);
                isManifestOutdated = true;
            }
        }
        if (isManifestOutdated) {
            writeManifest();
        }
    }

    private void writeManifest() throws IOException {
        isManifestOutdated = true;
        List<Manifest.Listed> listed = segments.values().stream()
                .map(Segment::listed)
                .sorted(Comparator.comparingLong(Manifest.Listed::firstOrdinal))
                .toList();
        Manifest manifest = new Manifest(Manifest.VERSION, generation + 1, end, nextOrdinal, listed);
        manifestBytes = manifest.write(directory, storage);
        generation++;
        isManifestOutdated = false;
        for (Segment segment : deleted) {
            segment.deleteState();
        }
        deleted.clear();
    }

    /** A record is settled. The next {@link #write} writes it down. */
    void remove(long position) {
        long place = index.remove(position);
        if (place != PositionIndex.NONE) {
            segmentAt(place).settle(position);
        }
    }

    /** Up to {@code max} records from a position on, in order; none more when they have that many bytes. */
    List<Map.Entry<Long, byte[]>> read(long from, int max, long maxBytes) throws IOException {
        List<Map.Entry<Long, byte[]>> page = new ArrayList<>();
        long bytes = 0;
        long position = index.ceiling(from);
        while (position != PositionIndex.NONE && page.size() < max && bytes < maxBytes) {
            byte[] record = read(position);
            page.add(Map.entry(position, record));
            bytes += record.length;
            position = index.ceiling(position + 1);
        }
        return page;
    }

    /** A record; null if it is not there, and empty if it is damaged. */
    byte[] read(long position) throws IOException {
        long place = index.place(position);
        if (place == PositionIndex.NONE) {
            return null;
        }
        Segment segment = segmentAt(place);
        byte[] record = segment.isOpen() || !segment.isRemoved() ? segment.read(offsetAt(place)) : new byte[0];
        touch(segment);
        return record;
    }

    /** Shows the first fields of all unsettled records, in the order of their positions. */
    void heads(HeadVisitor visitor) throws IOException {
        for (long at = index.ceiling(0); at != PositionIndex.NONE; at = index.ceiling(at + 1)) {
            long place = index.place(at);
            Segment segment = segmentAt(place);
            ByteBuffer page = segment.readHead(offsetAt(place), HEAD_BYTES);
            touch(segment);
            int size = page.limit() < Frame.HEADER ? 0 : page.getInt(8);
            visitor.visit(at, size, head(at, page));
        }
    }

    private RecordFormat.Head head(long position, ByteBuffer page) throws IOException {
        Optional<RecordFormat.Head> head = RecordFormat.head(page.position(Math.min(page.limit(), Frame.HEADER)));
        if (head.isPresent()) {
            return head.get();
        }
        return RecordFormat.head(ByteBuffer.wrap(read(position))).orElse(RecordFormat.Head.UNKNOWN); // long names
    }

    /** Keeps few files open at a time. */
    private void touch(Segment segment) throws IOException {
        if (segment == active || !segment.isOpen()) {
            return;
        }
        opened.addLast(segment);
        if (opened.size() > MAX_OPEN_SEGMENTS) {
            opened.removeFirst().close();
        }
    }

    /** The position after the last record there ever was: no position is used twice. */
    long end() {
        return end;
    }

    long count() {
        return index.count();
    }

    /** The number of records that were missing at the opening. */
    long lost() {
        return lost;
    }

    /** The size of all files on disk, in bytes. */
    long fileSize() {
        return manifestBytes
                + segments.values().stream().mapToLong(Segment::fileSize).sum();
    }

    /** Whether the directory was deleted, or the file of the active segment. */
    boolean isRemoved() {
        return lock.isRemoved() || (active != null && active.isRemoved());
    }

    void checkNotRemoved() throws Removed {
        if (isRemoved()) {
            throw new Removed(directory);
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            if (!isRemoved()) {
                if (groupCount > 0) {
                    rollBack();
                }
                confirm();
                writeStates();
                isManifestOutdated |= !segments.isEmpty();
                writeManifestAndDeleteSettled();
            }
        } finally {
            closeFiles();
        }
    }

    private void closeFiles() {
        for (Segment segment : segments.values()) {
            try {
                segment.close();
            } catch (IOException e) {
                Log.debugf("%s could not be closed: %s", segment.journal(), e.getMessage());
            }
        }
    }

    /** Leaves the files as they are: after a failure, when nothing can be written. */
    void abandon() {
        closeFiles();
        try {
            lock.close();
        } catch (IOException e) {
            Log.debugf("the lock of %s could not be released: %s", directory, e.getMessage());
        }
    }
}
