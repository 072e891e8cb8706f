package io.procmon.spool;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/** One file of the journal: a header, then records. Its {@link SegmentState} is a file next to it. */
final class Segment implements AutoCloseable {

    /** The length of a file's header, in bytes. */
    static final int HEADER = 40;

    private static final long MAGIC = 0xFF50524F434D4F4EL;
    private static final int CHECKSUM_AT = 12;
    private static final int COVERED_FROM = 16;
    private static final Pattern NAME = Pattern.compile("spool-(\\d{12})\\.(journal|state)");
    private static final int PAGE = 4096;

    private final Storage storage;
    private final Path journal;
    private final Path state;
    private final long firstOrdinal;
    private final long id;
    private final long firstPosition;
    private final ByteBuffer page = ByteBuffer.allocate(PAGE);
    private FileChannel channel;
    private FileChannel stateChannel;
    private long length;
    private long stateLength;
    private int records;
    private int live;
    private long confirmed;
    private long[] settled = new long[16];
    private int settledCount;
    private boolean isConfirmationPending;
    private boolean isSealed;

    /** The header of a segment. */
    record Header(int version, long id, long firstOrdinal, long firstPosition) {}

    Segment(Storage storage, Path directory, long firstOrdinal, long id, long firstPosition) {
        this.storage = storage;
        this.journal = journalFile(directory, firstOrdinal);
        this.state = stateFile(directory, firstOrdinal);
        this.firstOrdinal = firstOrdinal;
        this.id = id;
        this.firstPosition = firstPosition;
    }

    static Path journalFile(Path directory, long firstOrdinal) {
        return directory.resolve(name(firstOrdinal) + ".journal");
    }

    static Path stateFile(Path directory, long firstOrdinal) {
        return directory.resolve(name(firstOrdinal) + ".state");
    }

    private static String name(long firstOrdinal) {
        String digits = Long.toString(firstOrdinal);
        return "spool-" + "0".repeat(Math.max(0, 12 - digits.length())) + digits;
    }

    /** The first ordinal of the segment that a file belongs to, by its name; empty for other files. */
    static Optional<Long> firstOrdinal(Path file) {
        Matcher matcher = NAME.matcher(String.valueOf(file.getFileName()));
        return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** Creates an empty segment, durably. */
    static Segment create(Storage storage, Path directory, long firstOrdinal, long firstPosition) throws IOException {
        long id = ThreadLocalRandom.current().nextLong();
        Segment segment = new Segment(storage, directory, firstOrdinal, id, firstPosition);
        Files.deleteIfExists(segment.state);
        try {
            segment.channel = storage.open(segment.journal, CREATE, READ, WRITE, TRUNCATE_EXISTING);
            write(segment.channel, header(id, firstOrdinal, firstPosition), 0);
            segment.channel.force(true);
            storage.syncDirectory(directory);
        } catch (IOException e) {
            segment.close();
            Files.deleteIfExists(segment.journal);
            throw e;
        }
        segment.length = HEADER;
        segment.confirmed = firstOrdinal;
        return segment;
    }

    private static ByteBuffer header(long id, long firstOrdinal, long firstPosition) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER);
        bytes.putLong(MAGIC).putInt(Manifest.VERSION).putInt(0);
        bytes.putLong(id).putLong(firstOrdinal).putLong(firstPosition);
        bytes.putInt(CHECKSUM_AT, checksum(bytes)).flip();
        return bytes;
    }

    private static int checksum(ByteBuffer header) {
        CRC32C checksum = new CRC32C();
        checksum.update(header.slice(COVERED_FROM, HEADER - COVERED_FROM));
        return (int) checksum.getValue();
    }

    /** Reads the header of a file; empty if it is damaged. */
    static Optional<Header> header(Storage storage, Path journal) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER);
        try (FileChannel channel = storage.open(journal, READ)) {
            while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) >= 0) {
                // until the header is complete
            }
        }
        if (bytes.hasRemaining() || bytes.getLong(0) != MAGIC || bytes.getInt(CHECKSUM_AT) != checksum(bytes)) {
            return Optional.empty();
        }
        return Optional.of(new Header(bytes.getInt(8), bytes.getLong(16), bytes.getLong(24), bytes.getLong(32)));
    }

    /** Takes over the result of a scan. */
    void found(long foundLength, int foundRecords, SegmentState.Content content) {
        length = foundLength;
        records = foundRecords;
        stateLength = content.length();
        confirmed = Math.max(firstOrdinal, content.confirmed());
    }

    /** Ends the segment: no record is appended any more. */
    void seal() {
        isSealed = true;
    }

    boolean isSealed() {
        return isSealed;
    }

    /** Writes bytes at an offset. */
    void write(ByteBuffer bytes, long offset) throws IOException {
        write(channel(), bytes, offset);
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long offset) throws IOException {
        long at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /** Records were written. They survive the end of the process, but not a power cut. */
    void written(long newLength, int newRecords) {
        length = newLength;
        records += newRecords;
    }

    /** Makes all written records durable. */
    void confirm() throws IOException {
        channel().force(false);
        confirmed = Math.max(confirmed, firstOrdinal + records);
        isConfirmationPending = true;
    }

    /** The number of written records that a power cut may destroy. */
    int unconfirmed() {
        return (int) Math.max(0, firstOrdinal + records - confirmed);
    }

    /** Cuts off the bytes after the last written record. */
    void truncate() throws IOException {
        channel().truncate(length);
    }

    void added() {
        live++;
    }

    /** A record is settled. {@link #writeState} writes it down. */
    void settle(long position) {
        live--;
        if (settledCount == settled.length) {
            settled = Arrays.copyOf(settled, settledCount * 2);
        }
        settled[settledCount++] = position;
    }

    /** Appends the changes to the state file; does not wait for the disk. */
    void writeState(long end, long generation) throws IOException {
        if (!isConfirmationPending && settledCount == 0) {
            return;
        }
        byte[] positions = SegmentState.settled(id, settled, settledCount);
        ByteBuffer entries = ByteBuffer.allocate(SegmentState.ENTRY + positions.length);
        if (isConfirmationPending) {
            entries.put(SegmentState.confirmed(id, confirmed, end, generation));
        }
        entries.put(positions).flip();
        int size = entries.remaining();
        if (stateChannel == null) {
            stateChannel = SegmentState.open(state, storage);
        }
        write(stateChannel, entries, stateLength);
        stateLength += size;
        isConfirmationPending = false;
        settledCount = 0;
        settled = settled.length > PAGE ? new long[16] : settled;
    }

    /**
     * Deletes the records, which are all settled. The state file stays until the manifest no longer names the segment.
     */
    void deleteJournal() throws IOException {
        if (stateChannel != null) {
            stateChannel.force(false);
        }
        closeChannel();
        Files.deleteIfExists(journal);
    }

    /** Deletes the state file. */
    void deleteState() throws IOException {
        close();
        Files.deleteIfExists(state);
    }

    /** Reads the record at an offset; an empty one if there is none any more. */
    byte[] read(long offset) throws IOException {
        page.clear();
        FileChannel open = channel();
        while (page.hasRemaining() && open.read(page, offset + page.position()) >= 0) {
            // until the page is full or the file ends
        }
        page.flip();
        Frame frame = page.limit() < Frame.HEADER ? null : Frame.parse(page, 0, offset, open.size());
        if (frame == null) {
            return new byte[0];
        }
        byte[] record = new byte[frame.length()];
        int first = Math.min(record.length, page.limit() - Frame.HEADER);
        page.get(Frame.HEADER, record, 0, first);
        ByteBuffer rest = ByteBuffer.wrap(record, first, record.length - first);
        while (rest.hasRemaining() && open.read(rest, offset + Frame.HEADER + rest.position()) >= 0) {
            // until the record is complete
        }
        return rest.hasRemaining() ? new byte[0] : record;
    }

    /** The first bytes of the record at an offset: its header, and as much as fits into a page. */
    ByteBuffer readHead(long offset, int bytes) throws IOException {
        page.clear().limit(Math.min(PAGE, bytes));
        while (page.hasRemaining() && channel().read(page, offset + page.position()) >= 0) {
            // until it is full or the file ends
        }
        return page.flip();
    }

    FileChannel channel() throws IOException {
        if (channel == null) {
            channel = isSealed ? storage.open(journal, READ) : storage.open(journal, READ, WRITE);
        }
        return channel;
    }

    /** Whether it holds open files. */
    boolean isOpen() {
        return channel != null || stateChannel != null;
    }

    boolean isRemoved() {
        return Files.notExists(journal);
    }

    Path journal() {
        return journal;
    }

    Path state() {
        return state;
    }

    long firstOrdinal() {
        return firstOrdinal;
    }

    long firstPosition() {
        return firstPosition;
    }

    long id() {
        return id;
    }

    /** The length of the file up to the last written record, in bytes. */
    long length() {
        return length;
    }

    /** The size of the segment's files on disk, in bytes. */
    long fileSize() {
        return length + stateLength;
    }

    /** The number of readable records, including settled ones. */
    int records() {
        return records;
    }

    /** The number of unsettled records. */
    int live() {
        return live;
    }

    Manifest.Listed listed() {
        return new Manifest.Listed(firstOrdinal, id, firstPosition, isSealed ? records : Manifest.Listed.OPEN);
    }

    private void closeChannel() throws IOException {
        if (channel != null) {
            channel.close();
            channel = null;
        }
    }

    @Override
    public void close() throws IOException {
        closeChannel();
        if (stateChannel != null) {
            stateChannel.close();
            stateChannel = null;
        }
    }
}
