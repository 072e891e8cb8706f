package io.procmon.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.events.Report;
import io.procmon.process.Student;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The format of a report in the spool: a version, a checksum of the rest, the time of arrival, the head, and the
 * activity as JSON. A later procmon can read every older version. The checksum is needed because the old store's own
 * checksums do not cover its contents.
 */
final class RecordFormat {

    /**
     * The version that is written. Version 2 added the start time, and stores times as seconds since 1970 and
     * nanoseconds.
     */
    static final byte VERSION = 2;

    private static final Instant UNKNOWN = Instant.MIN;

    private static final int CHECKSUM_AT = 1;
    private static final int CONTENT_AT = CHECKSUM_AT + Integer.BYTES;
    private static final int HEAD_ESTIMATE = 256;

    private RecordFormat() {}

    /**
     * The fields of a record by which it is sorted.
     *
     * @param keptAt time of arrival
     * @param student the student of the activity
     */
    record Head(Instant keptAt, Student student) {

        /** The head of a record that is damaged. */
        static final Head UNKNOWN = new Head(Instant.EPOCH, new Student("", "", ""));
    }

    /** A record that cannot be read, and why. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String reason) {
            super(reason);
        }
    }

    static byte[] encode(Report report, Instant keptAt) {
        byte[] activity = report.activity().getBytes(UTF_8);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEAD_ESTIMATE + activity.length);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeInt(0);
            out.writeLong(keptAt.toEpochMilli());
            out.writeLong(report.eventId().getMostSignificantBits());
            out.writeLong(report.eventId().getLeastSignificantBits());
            out.writeUTF(report.kind());
            out.writeUTF(report.type());
            out.writeUTF(report.student().course());
            out.writeUTF(report.student().section());
            out.writeUTF(report.student().id());
            out.writeUTF(report.homework());
            write(out, report.startedAt().orElse(UNKNOWN));
            write(out, report.endedAt());
            out.writeInt(activity.length);
            out.write(activity);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // cannot occur in memory, except for a name over 64 KiB
        }
        byte[] record = bytes.toByteArray();
        ByteBuffer.wrap(record).putInt(CHECKSUM_AT, checksum(record));
        return record;
    }

    /** Whether a later version of procmon has written the record. */
    static boolean isNewer(byte[] record) {
        return record.length > 0 && record[0] > VERSION;
    }

    /** Whether the record is unchanged since it was written, as far as this version can check. */
    static boolean isWhole(byte[] record) {
        return isNewer(record)
                || (record.length >= CONTENT_AT && ByteBuffer.wrap(record).getInt(CHECKSUM_AT) == checksum(record));
    }

    static Entry decode(long position, byte[] record) throws Unreadable {
        try (DataInputStream in = content(record)) {
            Instant keptAt = Instant.ofEpochMilli(in.readLong());
            UUID eventId = new UUID(in.readLong(), in.readLong());
            String kind = in.readUTF();
            String type = in.readUTF();
            Student student = new Student(in.readUTF(), in.readUTF(), in.readUTF());
            String homework = in.readUTF();
            boolean first = record[0] == 1;
            Instant startedAt = first ? UNKNOWN : moment(in);
            Instant endedAt = first ? Instant.parse(in.readUTF()) : moment(in);
            String activity = new String(in.readNBytes(in.readInt()), UTF_8);
            return new Entry(
                    position,
                    record.length,
                    keptAt,
                    new Report(
                            eventId,
                            kind,
                            type,
                            student,
                            homework,
                            Optional.of(startedAt).filter(it -> !it.equals(UNKNOWN)),
                            endedAt,
                            activity));
        } catch (IOException e) {
            throw new Unreadable("it is cut off");
        }
    }

    /** The part of the record that the checksum covers. */
    private static DataInputStream content(byte[] record) throws Unreadable {
        if (record.length < CONTENT_AT) {
            throw new Unreadable("it is cut off");
        }
        if (record[0] < 1 || record[0] > VERSION) {
            throw new Unreadable("it is of version %d, and this procmon knows 1 to %d".formatted(record[0], VERSION));
        }
        if (ByteBuffer.wrap(record).getInt(CHECKSUM_AT) != checksum(record)) {
            throw new Unreadable("its checksum is wrong");
        }
        return new DataInputStream(new ByteArrayInputStream(record, CONTENT_AT, record.length - CONTENT_AT));
    }

    /** Reads the first fields of a record; empty if they are not all there. Does not verify the checksum. */
    static Optional<Head> head(ByteBuffer record) {
        byte[] bytes = new byte[record.remaining()];
        record.get(record.position(), bytes);
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            in.skipNBytes(CONTENT_AT);
            Instant keptAt = Instant.ofEpochMilli(in.readLong());
            in.skipNBytes(2L * Long.BYTES); // the event's id
            in.skipNBytes(in.readUnsignedShort()); // the kind
            in.skipNBytes(in.readUnsignedShort()); // the type
            return Optional.of(new Head(keptAt, new Student(in.readUTF(), in.readUTF(), in.readUTF())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** The time of arrival of a record; empty if the record is too short. */
    static Optional<Instant> keptAt(ByteBuffer record) {
        return record.remaining() < CONTENT_AT + Long.BYTES
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(record.getLong(record.position() + CONTENT_AT)));
    }

    private static void write(DataOutputStream out, Instant moment) throws IOException {
        out.writeLong(moment.getEpochSecond());
        out.writeInt(moment.getNano());
    }

    private static Instant moment(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static int checksum(byte[] record) {
        CRC32C sum = new CRC32C();
        sum.update(record, CONTENT_AT, record.length - CONTENT_AT);
        return (int) sum.getValue();
    }
}
