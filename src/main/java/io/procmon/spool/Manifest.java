package io.procmon.spool;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The list of the journal's segments, in a separate file, so that a missing segment is noticed. It is replaced
 * atomically when a segment is added or removed. It is text, so that people can read it.
 *
 * @param version the format of the whole journal
 * @param generation grows with each manifest: an old copy is recognised by it
 * @param end the position after the last record, when it was written
 * @param nextOrdinal the ordinal of the next record, when it was written
 * @param segments the segments, the oldest first
 */
record Manifest(int version, long generation, long end, long nextOrdinal, List<Listed> segments) {

    /** The version of the journal that this procmon writes. */
    static final int VERSION = 1;

    static final String NAME = "spool.manifest";

    private static final String TEMPORARY = NAME + ".tmp";
    private static final String TITLE = "procmon-spool";
    private static final long MAX_BYTES = 4 << 20;

    /**
     * A segment.
     *
     * @param count the number of readable records, if the segment is complete; else {@link #OPEN}
     */
    record Listed(long firstOrdinal, long id, long firstPosition, int count) {

        static final int OPEN = -1;

        boolean isOpen() {
            return count == OPEN;
        }
    }

    /** A file that is not a valid manifest. */
    static final class Damaged extends Exception {
        private static final long serialVersionUID = 1L;

        Damaged(String reason) {
            super(reason);
        }
    }

    /** Replaces the manifest of a directory, durably. */
    int write(Path directory, Storage storage) throws IOException {
        StringBuilder text = new StringBuilder();
        line(text, TITLE, version);
        line(text, "generation", generation);
        line(text, "end", end);
        line(text, "next", nextOrdinal);
        segments.forEach(it -> line(text, "segment", it.firstOrdinal, it.id, it.firstPosition, it.count));
        line(text, "checksum", checksum(text.toString()));
        byte[] bytes = text.toString().getBytes(US_ASCII);
        Path temporary = directory.resolve(TEMPORARY);
        try (FileChannel channel = storage.open(temporary, CREATE, WRITE, TRUNCATE_EXISTING)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        storage.move(temporary, directory.resolve(NAME));
        storage.syncDirectory(directory);
        return bytes.length;
    }

    private static void line(StringBuilder text, String key, long... numbers) {
        text.append(key);
        for (long number : numbers) {
            text.append(' ').append(number);
        }
        text.append('\n');
    }

    /**
     * Reads the manifest of a directory.
     *
     * @return null if there is none
     */
    static Manifest read(Path directory) throws IOException, Damaged {
        Path file = directory.resolve(NAME);
        if (Files.notExists(file)) {
            return null;
        }
        if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
            throw new Damaged("it is no file of that size");
        }
        String text = new String(Files.readAllBytes(file), US_ASCII);
        int last = text.lastIndexOf("checksum ");
        if (last < 0 || !text.substring(last).trim().equals("checksum " + checksum(text.substring(0, last)))) {
            throw new Damaged("its checksum is wrong");
        }
        return parse(text.substring(0, last).lines().toList());
    }

    private static Manifest parse(List<String> lines) throws Damaged {
        try {
            int version = Integer.parseInt(value(lines.get(0), TITLE));
            if (version > VERSION) {
                return new Manifest(version, 0, 0, 0, List.of());
            }
            List<Listed> segments = new ArrayList<>();
            for (String line : lines.subList(4, lines.size())) {
                String[] parts = value(line, "segment").split(" ", -1);
                segments.add(new Listed(
                        Long.parseLong(parts[0]),
                        Long.parseLong(parts[1]),
                        Long.parseLong(parts[2]),
                        Integer.parseInt(parts[3])));
            }
            return new Manifest(
                    version,
                    Long.parseLong(value(lines.get(1), "generation")),
                    Long.parseLong(value(lines.get(2), "end")),
                    Long.parseLong(value(lines.get(3), "next")),
                    List.copyOf(segments));
        } catch (RuntimeException e) {
            throw new Damaged("it lacks a line");
        }
    }

    private static String value(String line, String key) {
        if (!line.startsWith(key + " ")) {
            throw new IllegalArgumentException(line);
        }
        return line.substring(key.length() + 1);
    }

    private static long checksum(String text) {
        CRC32C checksum = new CRC32C();
        checksum.update(text.getBytes(US_ASCII));
        return checksum.getValue();
    }
}
