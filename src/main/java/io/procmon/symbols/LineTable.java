package io.procmon.symbols;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The source lines of a program: {@code .debug_line} of the DWARF standard, versions 2 to 5.
 *
 * <p>The table is a program for a state machine. It runs once for all requested addresses.
 */
final class LineTable {

    /**
     * A line of a source file.
     *
     * @param file the name that the compiler wrote: absolute if the table has the directory
     * @param line the line, from 1
     */
    record SourceLine(String file, int line) {}

    private static final int FILES_MAX = 65_536;
    private static final int FORMATS_MAX = 64;

    /** The characters of all names. Several entries can refer to one long name. */
    private static final int NAMES_MAX = 1 << 20;

    private static final int DW_LNCT_PATH = 1;
    private static final int DW_LNCT_DIRECTORY_INDEX = 2;

    private static final int DW_FORM_BLOCK = 0x09;
    private static final int DW_FORM_DATA2 = 0x05;
    private static final int DW_FORM_DATA4 = 0x06;
    private static final int DW_FORM_DATA8 = 0x07;
    private static final int DW_FORM_STRING = 0x08;
    private static final int DW_FORM_DATA1 = 0x0b;
    private static final int DW_FORM_STRP = 0x0e;
    private static final int DW_FORM_UDATA = 0x0f;
    private static final int DW_FORM_DATA16 = 0x1e;
    private static final int DW_FORM_LINE_STRP = 0x1f;

    private static final int DW_LNE_END_SEQUENCE = 1;
    private static final int DW_LNE_SET_ADDRESS = 2;

    private final ElfFile elf;
    private final Map<String, Optional<byte[]>> strings = new HashMap<>();
    private Optional<CompileDirectories> compileDirectories = Optional.empty();
    private int namesLeft = NAMES_MAX;

    LineTable(ElfFile elf) {
        this.elf = elf;
    }

    /** The lines of addresses. An address that is not in the table has no entry in the result. */
    Map<Long, SourceLine> lines(List<Long> addresses) {
        Map<Long, SourceLine> found = new HashMap<>();
        Optional<byte[]> table = elf.contents(".debug_line");
        if (table.isEmpty()) {
            return found;
        }
        try {
            ByteReader reader = new ByteReader(table.get());
            while (reader.hasMore() && found.size() < addresses.size()) {
                read(DwarfUnit.next(reader), addresses, found);
            }
        } catch (DamagedFile damage) {
            return found; // as far as the table could be read
        }
        return found;
    }

    /** Reads a unit. The next unit begins at its end, even if its contents are damaged. */
    private void read(DwarfUnit unit, List<Long> addresses, Map<Long, SourceLine> found) {
        Map<Long, SourceLine> ofUnit = new HashMap<>();
        try {
            new Unit(unit).run(addresses, ofUnit);
        } catch (DamagedFile damage) {
            ofUnit.clear(); // nothing of it is certain
        }
        ofUnit.forEach(found::putIfAbsent);
    }

    /** A file of a unit, by its number, and a line of it. */
    private record Row(int file, int line) {}

    /** A source file of a unit. */
    private record SourceFile(String name, int directory) {}

    /** The table of one translation unit. */
    private final class Unit {

        private final DwarfUnit unit;
        private final ByteReader in;
        private final int version;
        private final int minimumLength;
        private final int lineBase;
        private final int lineRange;
        private final int opcodeBase;
        private final int[] operands;
        private final List<String> directories = new ArrayList<>();
        private final List<SourceFile> files = new ArrayList<>();

        Unit(DwarfUnit unit) {
            this.unit = unit;
            in = unit.contents();
            version = in.u16();
            if (version < 2 || version > 5) {
                throw new DamagedFile("version");
            }
            if (version == 5) {
                in.skip(2); // sizes of an address and of a segment selector
            }
            long headerSize = unit.offset();
            long programAt = in.position() + headerSize;
            minimumLength = in.u8();
            if (version >= 4) {
                in.skip(1); // operations of an instruction: 1 on all processors here
            }
            in.skip(1); // whether a line begins a statement
            lineBase = in.s8();
            lineRange = in.u8();
            opcodeBase = in.u8();
            if (lineRange == 0 || opcodeBase == 0) {
                throw new DamagedFile("line range");
            }
            operands = new int[opcodeBase];
            for (int i = 1; i < opcodeBase; i++) {
                operands[i] = in.u8();
            }
            if (version == 5) {
                readEntries(false);
                readEntries(true);
            } else {
                readOldEntries();
            }
            in.seek(programAt);
        }

        private void readOldEntries() {
            directories.add("");
            for (String name = in.string(); !name.isEmpty(); name = in.string()) {
                directories.add(name);
            }
            files.add(new SourceFile("", 0));
            for (String name = in.string(); !name.isEmpty(); name = in.string()) {
                files.add(new SourceFile(name, (int) in.uleb()));
                in.uleb(); // time of the last change
                in.uleb(); // size
            }
        }

        private void readEntries(boolean ofFiles) {
            int formatCount = in.u8();
            if (formatCount > FORMATS_MAX) {
                throw new DamagedFile("formats");
            }
            long[] formats = new long[2 * formatCount];
            for (int i = 0; i < formats.length; i++) {
                formats[i] = in.uleb();
            }
            long count = in.uleb();
            if (count < 0 || count > FILES_MAX) {
                throw new DamagedFile("files");
            }
            for (long i = 0; i < count; i++) {
                String name = "";
                long directory = 0;
                for (int j = 0; j < formats.length; j += 2) {
                    int form = (int) formats[j + 1];
                    switch ((int) formats[j]) {
                        case DW_LNCT_PATH -> name = text(form);
                        case DW_LNCT_DIRECTORY_INDEX -> directory = number(form);
                        default -> skip(form);
                    }
                }
                namesLeft -= name.length() + 1;
                if (namesLeft < 0) {
                    throw new DamagedFile("names");
                }
                if (ofFiles) {
                    files.add(new SourceFile(name, (int) directory));
                } else {
                    directories.add(name);
                }
            }
        }

        private String text(int form) {
            return switch (form) {
                case DW_FORM_STRING -> in.string();
                case DW_FORM_LINE_STRP -> string(".debug_line_str", unit.offset());
                case DW_FORM_STRP -> string(".debug_str", unit.offset());
                default -> {
                    skip(form);
                    yield "";
                }
            };
        }

        private long number(int form) {
            return switch (form) {
                case DW_FORM_DATA1 -> in.u8();
                case DW_FORM_DATA2 -> in.u16();
                case DW_FORM_DATA4 -> in.u32();
                case DW_FORM_DATA8 -> in.u64();
                case DW_FORM_UDATA -> in.uleb();
                default -> throw new DamagedFile("form");
            };
        }

        private void skip(int form) {
            switch (form) {
                case DW_FORM_STRING -> in.string();
                case DW_FORM_LINE_STRP, DW_FORM_STRP -> unit.offset();
                case DW_FORM_DATA16 -> in.skip(16);
                case DW_FORM_BLOCK -> in.skip(in.uleb());
                default -> number(form);
            }
        }

        /** Runs the program of the unit. */
        void run(List<Long> addresses, Map<Long, SourceLine> found) {
            long first = 0;
            boolean hasRow = false;
            long rowAddress = 0;
            int rowFile = 1;
            int rowLine = 0;
            long address = 0;
            int file = 1;
            int line = 1;
            Map<Long, Row> ofSequence = new HashMap<>();
            while (in.hasMore()) {
                int opcode = in.u8();
                boolean emits = false;
                boolean ends = false;
                if (opcode >= opcodeBase) {
                    int adjusted = opcode - opcodeBase;
                    address += (long) (adjusted / lineRange) * minimumLength;
                    line += lineBase + adjusted % lineRange;
                    emits = true;
                } else {
                    switch (opcode) {
                        case 0 -> {
                            ByteReader extended = in.part(in.uleb());
                            switch (extended.u8()) {
                                case DW_LNE_END_SEQUENCE -> ends = true;
                                case DW_LNE_SET_ADDRESS -> address = extended.unsigned(elf.wordSize());
                                default -> {}
                            }
                        }
                        case 1 -> emits = true;
                        case 2 -> address += in.uleb() * minimumLength;
                        case 3 -> line += (int) in.sleb();
                        case 4 -> file = (int) in.uleb();
                        case 8 -> address += (long) ((255 - opcodeBase) / lineRange) * minimumLength;
                        case 9 -> address += in.u16();
                        default -> {
                            for (int i = 0; i < operands[opcode]; i++) {
                                in.uleb();
                            }
                        }
                    }
                }
                if (!emits && !ends) {
                    continue;
                }
                if (hasRow) {
                    note(addresses, rowAddress, address, rowFile, rowLine, ofSequence);
                } else {
                    first = address;
                }
                rowAddress = address;
                rowFile = file;
                rowLine = line;
                hasRow = !ends;
                if (ends) {
                    if (first != 0) { // the linker removed a function: its addresses begin at 0
                        ofSequence.forEach((at, row) -> found.computeIfAbsent(
                                at, _ -> new SourceLine(path(files.get(row.file())), row.line())));
                    }
                    ofSequence.clear();
                    address = 0;
                    file = 1;
                    line = 1;
                }
            }
        }

        private void note(List<Long> addresses, long from, long to, int file, int line, Map<Long, Row> ofSequence) {
            if (from == to) {
                return;
            }
            for (long address : addresses) {
                if (Long.compareUnsigned(from, address) <= 0 && Long.compareUnsigned(address, to) < 0) {
                    if (line > 0 && file >= 0 && file < files.size()) {
                        ofSequence.put(address, new Row(file, line));
                    }
                }
            }
        }

        private String path(SourceFile file) {
            if (file.name().startsWith("/")) {
                return file.name();
            }
            String path = file.name();
            int number = file.directory();
            if (number > 0 && number < directories.size()) {
                path = in(directories.get(number), path);
            }
            return path.startsWith("/")
                    ? path
                    : in(version == 5 ? directories.getFirst() : compileDirectory(unit.at()), path);
        }

        private static String in(String directory, String path) {
            return directory.isEmpty() ? path : directory + "/" + path;
        }
    }

    /** The directory of the compiler, for the tables that do not have it. */
    private String compileDirectory(long lineTable) {
        if (compileDirectories.isEmpty()) {
            compileDirectories = Optional.of(new CompileDirectories(elf));
        }
        return compileDirectories.get().of(lineTable);
    }

    private String string(String section, long offset) {
        Optional<byte[]> table = strings.computeIfAbsent(section, elf::contents);
        if (table.isEmpty()) {
            return "";
        }
        ByteReader reader = new ByteReader(table.get());
        reader.seek(offset);
        return reader.string();
    }
}
