package io.procmon.spool;

import io.procmon.spool.RecordFormat.Unreadable;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * All reports that are not settled, in the order of arrival: in the file, behind it those that the file has not taken
 * yet, and of the newest a copy at hand, so that in everyday life nothing is read back. One thread uses it.
 */
final class Backlog {

    /** How many newest reports are at hand. */
    private static final int AT_HAND = 1024;

    private static final long AT_HAND_BYTES = 4 << 20;

    private static final int PAGE = 128;
    private static final long PAGE_BYTES = 1 << 20;
    private static final long UNDER_WAY_BYTES = 4 << 20;

    private final SpoolDisk disk;
    private final NavigableMap<Long, byte[]> unsaved = new TreeMap<>();
    private final Deque<Entry> atHand = new ArrayDeque<>();
    private final Map<Long, Entry> underWay = new HashMap<>();
    private final Losses losses;
    private long unsavedBytes;
    private long atHandBytes;
    private long underWayBytes;
    private int reopenings;
    private long cursor;
    private long atHandEnd;
    private long end;
    private long count;

    /** Hears of what is given up. */
    interface Losses {
        void gaveUp(GivenUp why, Optional<Instant> keptAt);
    }

    Backlog(SpoolDisk disk, Losses losses) {
        this.disk = disk;
        this.losses = losses;
        end = disk.end();
        count = disk.count();
        atHandEnd = count == 0 ? end : 0;
        cursor = count == 0 ? end : 0;
    }

    /** Takes a record in, behind all others. Only {@link #save} puts it on disk. */
    void add(Arrival arrival) {
        Entry entry = arrival.entry(end);
        unsaved.put(entry.position(), arrival.record());
        unsavedBytes += entry.size();
        count++;
        if (atHandEnd == end && atHand.size() < AT_HAND && atHandBytes < AT_HAND_BYTES) {
            takeAtHand(entry);
            atHandEnd += entry.size();
        }
        end += entry.size();
    }

    private void takeAtHand(Entry entry) {
        atHand.add(entry);
        atHandBytes += entry.size();
    }

    /** Puts on disk what is not there yet. What the disk does not take stays in memory, as does all where there is none. */
    void save() {
        if (disk.save(unsaved)) {
            unsaved.clear();
            unsavedBytes = 0;
        }
        checkReopened();
    }

    /**
     * A file that was opened anew may have been repaired: what it has lost and is in memory still goes into it again, and
     * the rest is given up.
     */
    private void checkReopened() {
        if (reopenings == disk.reopenings() || !disk.isReadable()) {
            return;
        }
        reopenings = disk.reopenings();
        Stream.concat(underWay.values().stream(), atHand.stream())
                .filter(entry -> isNowhere(entry.position()))
                .toList()
                .forEach(this::addAgain);
        long left = disk.count()
                + unsaved.keySet().stream()
                        .filter(position -> disk.read(position) == null)
                        .count();
        if (reopenings != disk.reopenings() || !disk.isReadable()) {
            return; // it has failed again meanwhile
        }
        for (; count > left; count--) {
            losses.gaveUp(GivenUp.UNREADABLE, Optional.empty());
        }
    }

    private boolean isNowhere(long position) {
        return !unsaved.containsKey(position) && disk.read(position) == null;
    }

    private void addAgain(Entry entry) {
        byte[] record = RecordFormat.encode(entry.report(), entry.keptAt());
        unsaved.put(entry.position(), record);
        unsavedBytes += record.length;
    }

    /** A report is settled. */
    void settle(long position) {
        if (takeBack(position)) {
            remove(position);
        }
    }

    /** A report comes back from the delivery and keeps its place. */
    void putBack(long position) {
        takeBack(position);
    }

    /** Whether it was under way. */
    private boolean takeBack(long position) {
        Entry entry = underWay.remove(position);
        if (entry != null) {
            underWayBytes -= entry.size();
        }
        return entry != null;
    }

    private void giveAway(Entry entry) {
        underWay.put(entry.position(), entry);
        underWayBytes += entry.size();
    }

    /** Whether so much is under way that nothing more fits into memory. */
    boolean isFull() {
        return underWayBytes >= UNDER_WAY_BYTES;
    }

    private void remove(long position) {
        byte[] record = unsaved.remove(position);
        if (record == null) {
            disk.remove(position);
        } else {
            unsavedBytes -= record.length;
        }
        count--;
    }

    /** Whether the next report would have to be read back. */
    boolean isBehind() {
        return cursor < end && atHand.isEmpty();
    }

    /** The next report of those at hand. */
    Optional<Entry> next() {
        Entry entry = atHand.poll();
        if (entry == null) {
            return Optional.empty();
        }
        cursor = entry.position() + entry.size();
        atHandBytes -= entry.size();
        giveAway(entry);
        return Optional.of(entry);
    }

    /** One report out of the order: one that was put back; empty if it has been given up meanwhile. */
    Optional<Entry> again(long position) {
        Optional<Entry> entry = peek(position);
        entry.ifPresent(this::giveAway);
        return entry;
    }

    /** Reads the next page back, so that its reports are at hand; 0 if it cannot be read now. */
    int readBack() {
        Optional<List<Map.Entry<Long, byte[]>>> saved = disk.read(cursor, PAGE, PAGE_BYTES);
        checkReopened();
        if (saved.isEmpty()) {
            return 0;
        }
        List<Map.Entry<Long, byte[]>> page = new ArrayList<>(saved.get());
        long bytes = page.stream().mapToLong(record -> record.getValue().length).sum();
        Iterator<Map.Entry<Long, byte[]>> later =
                unsaved.tailMap(cursor).entrySet().iterator();
        while (page.size() < PAGE && bytes < PAGE_BYTES && later.hasNext()) {
            Map.Entry<Long, byte[]> record = later.next();
            page.add(record);
            bytes += record.getValue().length;
        }
        for (Map.Entry<Long, byte[]> record : page) {
            atHandEnd = record.getKey() + record.getValue().length;
            decode(record.getKey(), record.getValue()).ifPresent(this::takeAtHand);
        }
        if (page.size() < PAGE && bytes < PAGE_BYTES) {
            atHandEnd = end;
        }
        if (atHand.isEmpty()) {
            cursor = atHandEnd;
        }
        return page.size();
    }

    private Optional<Entry> decode(long position, byte[] record) {
        try {
            return Optional.of(RecordFormat.decode(position, record));
        } catch (Unreadable problem) {
            losses.gaveUp(GivenUp.UNREADABLE, Optional.empty());
            remove(position);
            return Optional.empty();
        }
    }

    /** Gives up the oldest reports until no more than so many bytes lie between the oldest and the newest. */
    void shrinkTo(long bytes) {
        giveUp(GivenUp.SIZE, oldest -> end - oldest.position() > bytes, all());
    }

    /** Gives up the oldest of those that are in memory only, until they take no more than so many bytes. */
    void shrinkUnsavedTo(long bytes) {
        giveUp(
                GivenUp.SIZE,
                _ -> unsavedBytes > bytes,
                List.copyOf(unsaved.keySet()).iterator());
    }

    /** Gives up what came in before a moment. */
    void expire(Instant before) {
        giveUp(GivenUp.AGE, oldest -> oldest.keptAt().isBefore(before), all());
    }

    /** Those that are under way are spared: what becomes of them is about to be known. */
    private void giveUp(GivenUp why, Predicate<Entry> tooMuch, Iterator<Long> oldestFirst) {
        while (oldestFirst.hasNext()) {
            long position = oldestFirst.next();
            if (underWay.containsKey(position)) {
                continue;
            }
            Optional<Entry> entry = peek(position);
            if (entry.isPresent() && !tooMuch.test(entry.get())) {
                return;
            }
            if (entry.isPresent()) {
                if (atHand.removeIf(it -> it.position() == position)) {
                    atHandBytes -= entry.get().size();
                }
                losses.gaveUp(why, Optional.of(entry.get().keptAt()));
                remove(position);
            }
        }
    }

    private Optional<Entry> peek(long position) {
        byte[] record = unsaved.containsKey(position) ? unsaved.get(position) : disk.read(position);
        return record == null ? Optional.empty() : decode(position, record);
    }

    /** All positions in order; asks the disk for each, since one that fails midway is opened anew. */
    private Iterator<Long> all() {
        return Stream.iterate(first(0), Optional::isPresent, position -> first(position.orElseThrow() + 1))
                .map(Optional::orElseThrow)
                .iterator();
    }

    private Optional<Long> first(long from) {
        return Stream.concat(disk.first(from).stream(), Optional.ofNullable(unsaved.ceilingKey(from)).stream())
                .min(Comparator.naturalOrder());
    }

    /** Whether nothing waits to be handed out; what is under way or put back does not count. */
    boolean isHandedOut() {
        return cursor >= end && atHand.isEmpty();
    }

    /** Whether some of it is in memory only. */
    boolean isUnsaved() {
        return !unsaved.isEmpty();
    }

    long count() {
        return count;
    }

    int underWay() {
        return underWay.size();
    }

    /** What there is now; looks at the disk. */
    SpoolLevel stock() {
        checkReopened();
        Iterator<Long> positions = all();
        Optional<Entry> oldest = positions.hasNext() ? peek(positions.next()) : Optional.empty();
        return new SpoolLevel(
                count,
                underWay.size(),
                oldest.map(it -> end - it.position()).orElse(0L),
                disk.fileSize(),
                oldest.map(Entry::keptAt),
                disk.isUsed() && unsaved.isEmpty());
    }
}
