package io.procmon.symbols;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** A program or a library in the format of elf(5), least significant byte first. */
final class ElfFile {

    /** The limit of a table in bytes, before and after decompression: 170,000 functions, or a million lines. */
    static final int SECTION_MAX = 4 << 20;

    /** The limit of bytes that are read from one file. */
    private static final int BYTES_MAX = 16 << 20;

    private static final int HEADERS_MAX = 4096;
    private static final int NAME_MAX = 1024;
    private static final int HEADER_SIZE = 64;
    private static final int CLASS_32 = 1;
    private static final int LEAST_SIGNIFICANT_FIRST = 1;
    private static final int PT_LOAD = 1;
    private static final int SHT_NOBITS = 8;
    private static final int SHF_COMPRESSED = 0x800;
    private static final int ELFCOMPRESS_ZLIB = 1;
    private static final int OLD_HEADER_SIZE = 12;

    /** A part of the file that is loaded. */
    private record Segment(long offset, long address, long size) {}

    /**
     * A section of the file.
     *
     * @param address its address in memory; 0 if it is not loaded
     */
    record Section(long type, long flags, long address, long offset, long size, int link) {}

    private final FileContents file;
    private final boolean is32;
    private final int machine;
    private final List<Segment> segments = new ArrayList<>();
    private final List<Section> sections = new ArrayList<>();
    private final Map<String, Section> byName = new LinkedHashMap<>();
    private final Map<Section, Optional<byte[]>> known = new HashMap<>();
    private long bytesLeft = BYTES_MAX;

    /** Opens a file; empty if it has another format. */
    static Optional<ElfFile> of(FileContents file) {
        try {
            return Optional.of(new ElfFile(file));
        } catch (DamagedFile damage) {
            return Optional.empty();
        }
    }

    private ElfFile(FileContents file) {
        this.file = file;
        ByteReader header = new ByteReader(need(0, (int) Math.min(HEADER_SIZE, file.size())));
        if (header.u8() != 0x7f || header.u8() != 'E' || header.u8() != 'L' || header.u8() != 'F') {
            throw new DamagedFile("magic number");
        }
        is32 = header.u8() == CLASS_32;
        if (header.u8() != LEAST_SIGNIFICANT_FIRST) {
            throw new DamagedFile("byte order");
        }
        header.seek(18);
        machine = header.u16();
        header.skip(4);
        address(header);
        long segmentsAt = address(header);
        long sectionsAt = address(header);
        header.skip(6);
        int segmentSize = header.u16();
        int segmentCount = header.u16();
        int sectionSize = header.u16();
        int sectionCount = header.u16();
        int names = header.u16();
        readSegments(segmentsAt, segmentSize, segmentCount);
        readSections(sectionsAt, sectionSize, sectionCount, names);
    }

    private void readSegments(long at, int size, int count) {
        if (count > HEADERS_MAX || count == 0) {
            return;
        }
        ByteReader table = new ByteReader(need(at, size * count));
        for (int i = 0; i < count; i++) {
            table.seek((long) i * size);
            if (table.u32() != PT_LOAD) {
                continue;
            }
            if (!is32) {
                table.skip(4); // flags
            }
            long offset = address(table);
            long address = address(table);
            address(table);
            segments.add(new Segment(offset, address, address(table)));
        }
    }

    /** Reads the table of sections. A file without one can be executed as well. */
    private void readSections(long at, int size, int count, int names) {
        if (count > HEADERS_MAX || count == 0 || at == 0) {
            return;
        }
        List<Long> nameOffsets = new ArrayList<>();
        Optional<byte[]> headers = bytes(at, (long) size * count);
        if (headers.isEmpty()) {
            return;
        }
        ByteReader table = new ByteReader(headers.get());
        for (int i = 0; i < count; i++) {
            table.seek((long) i * size);
            nameOffsets.add(table.u32());
            long type = table.u32();
            long flags = address(table);
            long address = address(table);
            long offset = address(table);
            long length = address(table);
            sections.add(new Section(type, flags, address, offset, length, table.s32()));
        }
        Optional<byte[]> strings = Optional.of(names).filter(it -> it < count).flatMap(it -> bytes(sections.get(it)));
        if (strings.isPresent()) {
            ByteReader text = new ByteReader(strings.get());
            for (int i = 0; i < count; i++) {
                if (nameOffsets.get(i) < strings.get().length) {
                    text.seek(nameOffsets.get(i));
                    byName.putIfAbsent(text.string(), sections.get(i));
                }
            }
        }
    }

    /** {@code e_machine}. */
    int machine() {
        return machine;
    }

    /** The size of an address, in bytes. */
    int wordSize() {
        return is32 ? 4 : 8;
    }

    /** The address of a byte of the file, as the file's tables count addresses. */
    OptionalLong addressOf(long fileOffset) {
        return segments.stream()
                .filter(segment -> fileOffset >= segment.offset() && fileOffset - segment.offset() < segment.size())
                .mapToLong(segment -> fileOffset - segment.offset() + segment.address())
                .findFirst();
    }

    /** The bytes at an address; empty if no loaded part of the file contains them. */
    Optional<byte[]> at(long address, int length) {
        return segments.stream()
                .filter(segment -> address >= segment.address() && address - segment.address() < segment.size())
                .findFirst()
                .flatMap(segment -> bytes(address - segment.address() + segment.offset(), length));
    }

    Optional<Section> section(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** The section that another one refers to. */
    Optional<Section> linked(Section section) {
        return section.link() > 0 && section.link() < sections.size()
                ? Optional.of(sections.get(section.link()))
                : Optional.empty();
    }

    /** The contents of a section, decompressed; empty if the section is missing or too large. */
    Optional<byte[]> contents(String name) {
        return section(name)
                .flatMap(this::bytes)
                .or(() -> section(name.replaceFirst("^\\.", ".z"))
                        .flatMap(this::bytes)
                        .flatMap(this::decompressedByName));
    }

    /** The contents of a section. They are read once. */
    Optional<byte[]> bytes(Section section) {
        Optional<byte[]> contents = known.get(section);
        if (contents == null) {
            contents = read(section);
            known.put(section, contents);
        }
        return contents;
    }

    private Optional<byte[]> read(Section section) {
        if (section.type() == SHT_NOBITS) {
            return Optional.empty();
        }
        Optional<byte[]> stored = bytes(section.offset(), section.size());
        return (section.flags() & SHF_COMPRESSED) == 0 ? stored : stored.flatMap(this::decompressed);
    }

    /** A string in a table of strings. */
    Optional<String> string(Section table, long offset) {
        if (offset < 0 || offset >= table.size()) {
            return Optional.empty();
        }
        int length = (int) Math.min(NAME_MAX, table.size() - offset);
        return bytes(table.offset() + offset, length).flatMap(bytes -> {
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == 0) {
                    return Optional.of(new String(bytes, 0, i, UTF_8));
                }
            }
            return Optional.empty();
        });
    }

    private Optional<byte[]> decompressed(byte[] stored) {
        try {
            ByteReader header = new ByteReader(stored);
            long type = header.u32();
            if (!is32) {
                header.skip(4);
            }
            long size = address(header);
            address(header);
            if (type != ELFCOMPRESS_ZLIB || size < 0 || size > Math.min(SECTION_MAX, bytesLeft)) {
                return Optional.empty();
            }
            bytesLeft -= size;
            return inflated(stored, header.position(), (int) size);
        } catch (DamagedFile damage) {
            return Optional.empty();
        }
    }

    /**
     * The older format, in which the name of a section tells that it is compressed: {@code -gz=zlib-gnu} of gcc(1). The
     * size is the only number that begins with the most significant byte.
     */
    private Optional<byte[]> decompressedByName(byte[] stored) {
        if (stored.length < OLD_HEADER_SIZE
                || stored[0] != 'Z'
                || stored[1] != 'L'
                || stored[2] != 'I'
                || stored[3] != 'B') {
            return Optional.empty();
        }
        long size = 0;
        for (int at = 4; at < OLD_HEADER_SIZE; at++) {
            size = (size << Byte.SIZE) | (stored[at] & 0xff);
        }
        if (size < 0 || size > Math.min(SECTION_MAX, bytesLeft)) {
            return Optional.empty();
        }
        bytesLeft -= size;
        return inflated(stored, OLD_HEADER_SIZE, (int) size);
    }

    private static Optional<byte[]> inflated(byte[] stored, int from, int size) {
        byte[] bytes = new byte[size];
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(stored, from, stored.length - from);
            int length = 0;
            while (length < size && !inflater.finished()) {
                int more = inflater.inflate(bytes, length, size - length);
                if (more == 0) {
                    return Optional.empty();
                }
                length += more;
            }
            return length == size ? Optional.of(bytes) : Optional.empty();
        } catch (DataFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> bytes(long offset, long length) {
        if (offset < 0 || length < 0 || length > Math.min(SECTION_MAX, bytesLeft) || offset > file.size() - length) {
            return Optional.empty();
        }
        bytesLeft -= length;
        return file.read(offset, (int) length).filter(bytes -> bytes.length == length);
    }

    private byte[] need(long offset, int length) {
        return bytes(offset, length).orElseThrow(() -> new DamagedFile("size"));
    }

    private long address(ByteReader reader) {
        return is32 ? reader.u32() : reader.u64();
    }
}
