package io.procmon.spool;

import static java.nio.file.StandardOpenOption.READ;

import io.procmon.spool.JournalDamage.Loss;
import io.procmon.spool.SegmentScanner.Extent;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads a journal at start-up, and compares the records with what should be there. The manifest names the segments and
 * the number of records of each full one. The state of a segment has the position up to which it was confirmed. Each
 * record names the start of its group; everything before that was confirmed.
 *
 * <p>Unconfirmed records may be missing, because a power cut can tear the last group. Any other missing record is
 * damage. The damaged file is kept aside, each whole record stays in the spool, and the difference is counted as lost.
 */
final class JournalOpening {

    /** No segment has that many records. */
    private static final long MAX_RECORDS = 1 << 24;

    private final Path directory;
    private final Storage storage;
    private final JournalDamage damage;
    private final TreeMap<Long, Candidate> candidates = new TreeMap<>();
    private final PositionIndex index = new PositionIndex();
    private Manifest manifest;
    private boolean isTrusted;
    private boolean isOutdated;
    private long end;
    private long newestOrdinal = -1;
    private boolean isNewestOfLaterVersion;

    /** A segment that exists, or that the manifest names. */
    private static final class Candidate {

        private final long first;
        private final boolean isThere;
        private final Manifest.Listed listed;
        private final Optional<Segment.Header> header;
        private final SegmentState.Content content;
        private final BitSet seen = new BitSet();
        private Segment segment;
        private Extent extent = new Extent(0, 0);
        private int settledSeen;
        private long groupStart;
        private Instant firstKept;
        private Instant lastKept;

        Candidate(
                long first,
                boolean isThere,
                Manifest.Listed listed,
                Optional<Segment.Header> header,
                SegmentState.Content content) {
            this.first = first;
            this.isThere = isThere;
            this.listed = listed;
            this.header = header;
            this.content = content;
        }

        /** The number of confirmed records. */
        private int confirmed() {
            return (int) Math.clamp(Math.max(content.confirmed(), groupStart) - first, 0, MAX_RECORDS);
        }

        /** The number of missing records, including settled ones. */
        private int missing(boolean isManifestTrusted) {
            if (isManifestTrusted && listed != null && !listed.isOpen()) {
                return Math.max(0, listed.count() - seen.cardinality());
            }
            int confirmed = confirmed();
            return confirmed - seen.get(0, confirmed).cardinality();
        }

        /** The number of missing records that are known to be settled. */
        private int settledMissing() {
            return content.settled().length - settledSeen;
        }

        private long firstPosition() {
            return header.map(Segment.Header::firstPosition).orElse(listed == null ? 0 : listed.firstPosition());
        }

        private boolean isEmpty() {
            return seen.isEmpty() && content.confirmed() <= first;
        }
    }

    private JournalOpening(Path directory, Storage storage) {
        this.directory = directory;
        this.storage = storage;
        this.damage = new JournalDamage(directory);
    }

    static Journal.Found of(Path directory, Storage storage) throws IOException {
        try {
            return new JournalOpening(directory, storage).open();
        } catch (RuntimeException | Error e) { // no content of a file may prevent the start
            JournalDamage.setAllAside(directory, "damaged");
            Log.errorf(
                    e, "the spool in %s cannot be read: its files are kept aside, and a new spool begins", directory);
            return new JournalOpening(directory, storage).open();
        }
    }

    private Journal.Found open() throws IOException {
        readManifest();
        if (manifest != null && manifest.version() > Manifest.VERSION) {
            return beginAnewBesideLaterVersion();
        }
        findSegments();
        if (candidates.values().stream()
                .anyMatch(it -> it.header.map(Segment.Header::version).orElse(0) > Manifest.VERSION)) {
            return beginAnewBesideLaterVersion();
        }
        checkManifest();
        removeSettled();
        Map<Integer, Segment> segments = scan();
        if (isNewestOfLaterVersion) {
            closeAll(segments);
            return beginAnewBesideLaterVersion();
        }
        long lost = findLosses();
        Journal.Found found = found(segments, lost);
        damage.say(index.count());
        return found;
    }

    private void readManifest() throws IOException {
        try {
            manifest = Manifest.read(directory);
        } catch (Manifest.Damaged e) {
            damage.manifest("the manifest is damaged: " + e.getMessage());
        }
    }

    private void findSegments() throws IOException {
        Map<Long, Manifest.Listed> listed = new HashMap<>();
        if (manifest != null) {
            manifest.segments().forEach(it -> listed.put(it.firstOrdinal(), it));
        }
        TreeMap<Long, Manifest.Listed> all = new TreeMap<>(listed);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "spool-*")) {
            for (Path file : files) {
                Segment.firstOrdinal(file).ifPresent(first -> all.putIfAbsent(first, null));
            }
        }
        for (Long first : all.keySet()) {
            candidates.put(first, candidate(first, listed.get(first)));
        }
    }

    private Candidate candidate(long first, Manifest.Listed listed) {
        Path journal = Segment.journalFile(directory, first);
        boolean isThere = Files.isRegularFile(journal);
        Optional<Segment.Header> header = Optional.empty();
        SegmentState.Content content = SegmentState.Content.NOTHING;
        try {
            header = isThere ? Segment.header(storage, journal) : header;
            long id = listed != null
                    ? listed.id()
                    : header.map(Segment.Header::id).orElse(0L);
            content = SegmentState.read(Segment.stateFile(directory, first), id, storage);
        } catch (IOException e) {
            Log.debugf("%s cannot be read: %s", journal, e.getMessage());
        }
        end = Math.max(Math.max(end, content.end()), content.settledEnd());
        return new Candidate(first, isThere, listed, header.filter(it -> it.firstOrdinal() == first), content);
    }

    private void checkManifest() {
        long newest = candidates.values().stream()
                .mapToLong(it -> it.content.generation())
                .max()
                .orElse(0);
        isTrusted = manifest != null && manifest.generation() >= newest;
        if (manifest != null && !isTrusted) {
            damage.manifest("the manifest is an old copy");
        }
        isOutdated = !isTrusted && !candidates.isEmpty();
        if (manifest != null) {
            end = Math.max(end, manifest.end());
        }
    }

    /**
     * A segment that the manifest does not name any more is settled. One that it does not name yet is newer than all.
     */
    private void removeSettled() throws IOException {
        for (Candidate it : List.copyOf(candidates.values())) {
            boolean isSettled = isTrusted && it.listed == null && it.first < manifest.nextOrdinal();
            boolean isUnused = it.listed == null && !it.isThere;
            boolean isHalfMade = isTrusted && it.listed == null && it.header.isEmpty() && it.content.confirmed() == 0;
            if (isSettled || isUnused || isHalfMade) {
                candidates.remove(it.first);
                Path journal = Segment.journalFile(directory, it.first);
                if (it.isThere) {
                    Files.delete(journal);
                }
                Files.deleteIfExists(Segment.stateFile(directory, it.first));
            }
            isOutdated |= it.listed == null;
        }
    }

    private Map<Integer, Segment> scan() {
        Map<Integer, Segment> segments = new HashMap<>();
        int slot = 0;
        for (Candidate it : candidates.values()) {
            end = Math.max(end, it.firstPosition());
            if (it.isThere) {
                long id = it.listed != null
                        ? it.listed.id()
                        : it.header.map(Segment.Header::id).orElse(0L);
                it.segment = new Segment(storage, directory, it.first, id, it.firstPosition());
                segments.put(slot, it.segment);
                scan(it, slot);
                slot++;
            }
        }
        if (manifest == null && candidates.values().stream().anyMatch(it -> !it.isEmpty())) {
            damage.manifest("the manifest is missing");
        }
        return segments;
    }

    private void scan(Candidate candidate, int slot) {
        long from = candidate.header.isPresent() ? Segment.HEADER : 0;
        try (FileChannel channel = storage.open(candidate.segment.journal(), READ)) {
            candidate.extent =
                    SegmentScanner.scan(channel, from, (frame, record) -> found(candidate, slot, frame, record));
        } catch (IOException e) {
            damage.note("%s cannot be read: %s".formatted(candidate.segment.journal(), e.getMessage()));
        }
    }

    private void found(Candidate file, int slot, Frame frame, ByteBuffer record) {
        Map.Entry<Long, Candidate> entry = candidates.floorEntry(frame.ordinal());
        if (entry == null && isTrusted) {
            return; // an old block of the disk: settled long ago
        }
        Candidate owner = entry == null ? file : entry.getValue();
        long bit = Math.abs(frame.ordinal() - owner.first);
        if (bit > MAX_RECORDS || owner.seen.get((int) bit)) {
            return;
        }
        owner.seen.set((int) bit);
        owner.groupStart = Math.max(owner.groupStart, frame.groupStart());
        end = Math.max(end, frame.position() + frame.length());
        if (frame.ordinal() > newestOrdinal) {
            newestOrdinal = frame.ordinal();
            isNewestOfLaterVersion = record.hasRemaining() && record.get(record.position()) > RecordFormat.VERSION;
        }
        RecordFormat.keptAt(record).ifPresent(keptAt -> {
            owner.firstKept = owner.firstKept == null ? keptAt : owner.firstKept;
            owner.lastKept = keptAt;
        });
        if (owner.content.isSettled(frame.position())) {
            owner.settledSeen++;
        } else if (index.add(frame.position(), (long) slot << 32 | frame.offset())) {
            file.segment.added();
        }
    }

    private long findLosses() {
        long lost = 0;
        for (Candidate it : candidates.values()) {
            int missing = it.missing(isTrusted);
            int unsettled = Math.max(0, missing - it.settledMissing());
            if (missing > 0 && (it.isThere || unsettled > 0)) {
                damage.lost(it.isThere ? it.segment.journal() : null, loss(it, unsettled));
                lost += unsettled;
                isOutdated = true;
            }
        }
        return lost;
    }

    /** The loss, between the records that are still there. */
    private Loss loss(Candidate it, int unsettled) {
        int upper = Math.max(Math.max(it.confirmed(), it.seen.length()), 1);
        long firstMissing = it.first + it.seen.nextClearBit(0);
        long lastMissing = it.first + Math.max(0, it.seen.previousClearBit(upper - 1));
        Map.Entry<Long, Candidate> before = candidates.lowerEntry(it.first);
        Map.Entry<Long, Candidate> after = candidates.higherEntry(it.first);
        GapBounds bounds = new GapBounds(
                firstMissing,
                lastMissing,
                it.firstPosition(),
                before == null ? null : before.getValue().lastKept,
                after == null ? end : after.getValue().firstPosition(),
                after == null ? null : after.getValue().firstKept);
        if (it.isThere) {
            try (FileChannel channel = storage.open(it.segment.journal(), READ)) {
                SegmentScanner.scan(channel, 0, bounds::visit);
            } catch (IOException e) {
                Log.debugf("%s cannot be read again: %s", it.segment.journal(), e.getMessage());
            }
        }
        return new Loss(
                unsettled,
                unsettled + it.seen.cardinality() - it.settledSeen,
                bounds.from,
                bounds.to,
                Optional.ofNullable(bounds.keptFrom),
                Optional.ofNullable(bounds.keptTo));
    }

    /** The records next to a gap. */
    private static final class GapBounds {

        private final long firstMissing;
        private final long lastMissing;
        private long from;
        private long to;
        private Instant keptFrom;
        private Instant keptTo;
        private long lower = -1;
        private long upper = Long.MAX_VALUE;

        GapBounds(long firstMissing, long lastMissing, long from, Instant keptFrom, long to, Instant keptTo) {
            this.firstMissing = firstMissing;
            this.lastMissing = lastMissing;
            this.from = from;
            this.keptFrom = keptFrom;
            this.to = to;
            this.keptTo = keptTo;
        }

        void visit(Frame frame, ByteBuffer record) {
            if (frame.ordinal() < firstMissing && frame.ordinal() > lower) {
                lower = frame.ordinal();
                from = frame.position() + frame.length();
                keptFrom = RecordFormat.keptAt(record).orElse(keptFrom);
            }
            if (frame.ordinal() > lastMissing && frame.ordinal() < upper) {
                upper = frame.ordinal();
                to = frame.position();
                keptTo = RecordFormat.keptAt(record).orElse(keptTo);
            }
        }
    }

    private Journal.Found found(Map<Integer, Segment> segments, long lost) {
        long nextOrdinal = manifest == null ? 0 : manifest.nextOrdinal();
        Segment active = null;
        for (Candidate it : candidates.values()) {
            nextOrdinal = Math.max(nextOrdinal, Math.max(it.first + it.seen.length(), it.content.confirmed()));
            active = null;
            if (it.isThere) {
                it.segment.found(it.extent.end(), it.seen.cardinality(), it.content);
                boolean isOpen = it.listed == null || it.listed.isOpen();
                boolean isWhole = it.header.isPresent()
                        && it.missing(isTrusted) == 0
                        && it.extent.firstDamage() == it.extent.end()
                        && nextOrdinal == it.first + it.seen.cardinality();
                active = isOpen && isWhole && it.first == candidates.lastKey() ? it.segment : null;
                if (it.segment != active) {
                    it.segment.seal();
                    isOutdated |= isOpen;
                    nextOrdinal = Math.max(nextOrdinal, it.first + 1);
                }
            }
            isOutdated |= !it.isThere;
        }
        long generation = manifest == null ? 0 : manifest.generation();
        for (Candidate it : candidates.values()) {
            generation = Math.max(generation, it.content.generation());
        }
        return new Journal.Found(index, segments, active, nextOrdinal, end, generation, isOutdated, lost);
    }

    private static void closeAll(Map<Integer, Segment> segments) throws IOException {
        for (Segment segment : new ArrayList<>(segments.values())) {
            segment.close();
        }
    }

    private Journal.Found beginAnewBesideLaterVersion() throws IOException {
        Path aside = JournalDamage.setAllAside(directory, "newer");
        Log.errorf(
                "the spool was written by a later version of procmon: its files are kept in %s, and a new spool begins;"
                        + " to send them, start that version with the files back in %s",
                aside, directory);
        return new JournalOpening(directory, storage).open();
    }
}
