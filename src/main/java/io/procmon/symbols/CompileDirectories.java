package io.procmon.symbols;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The directories in which the compiler ran: {@code DW_AT_comp_dir} of each unit in {@code .debug_info} of the DWARF
 * standard, versions 2 to 4. Since version 5, {@code .debug_line} has them itself.
 */
final class CompileDirectories {

    /** Attributes of all units: each has some ten, and a program of students has some dozen units. */
    private static final int ATTRIBUTES_MAX = 1 << 17;

    private static final int DW_AT_STMT_LIST = 0x10;
    private static final int DW_AT_COMP_DIR = 0x1b;

    private static final int DW_FORM_STRING = 0x08;
    private static final int DW_FORM_STRP = 0x0e;
    private static final int DW_FORM_INDIRECT = 0x16;

    private final Optional<byte[]> abbreviations;
    private final Optional<byte[]> strings;
    private final Map<Long, String> byLineTable = new HashMap<>();
    private int attributesLeft = ATTRIBUTES_MAX;

    CompileDirectories(ElfFile elf) {
        abbreviations = elf.contents(".debug_abbrev");
        strings = elf.contents(".debug_str");
        try {
            elf.contents(".debug_info").ifPresent(info -> read(new ByteReader(info)));
        } catch (DamagedFile damage) {
            return; // as far as the units could be read
        }
    }

    /** The directory of the unit whose lines begin at an offset in {@code .debug_line}; empty if it is unknown. */
    String of(long lineTable) {
        return byLineTable.getOrDefault(lineTable, "");
    }

    private void read(ByteReader info) {
        while (info.hasMore()) {
            DwarfUnit unit = DwarfUnit.next(info);
            int version = unit.contents().u16();
            if (version >= 2 && version <= 4) {
                readUnit(unit, version);
            }
        }
    }

    /** Reads the attributes of the first entry of a unit. */
    private void readUnit(DwarfUnit unit, int version) {
        ByteReader in = unit.contents();
        long at = unit.offset();
        int addressSize = in.u8();
        ByteReader attributes = abbreviation(at, in.uleb());
        long lineTable = -1;
        String directory = "";
        while (true) {
            int name = (int) attributes.uleb();
            int form = (int) attributes.uleb();
            if (--attributesLeft < 0) {
                throw new DamagedFile("attributes");
            }
            if (name == 0 && form == 0) {
                break;
            }
            if (form == DW_FORM_INDIRECT) {
                form = (int) in.uleb();
            }
            switch (name) {
                case DW_AT_STMT_LIST -> lineTable = number(unit, form);
                case DW_AT_COMP_DIR -> directory = text(unit, form, version, addressSize);
                default -> skip(unit, form, version, addressSize);
            }
        }
        if (lineTable >= 0) {
            byLineTable.putIfAbsent(lineTable, directory);
        }
    }

    /** The names and forms of the attributes of an entry. */
    private ByteReader abbreviation(long at, long wanted) {
        ByteReader table = new ByteReader(abbreviations.orElseThrow(() -> new DamagedFile("abbreviations")));
        table.seek(at);
        for (long code = table.uleb(); code != wanted; code = table.uleb()) {
            if (code == 0) {
                throw new DamagedFile("abbreviation");
            }
            skipHead(table);
            long name;
            long form;
            do {
                name = table.uleb();
                form = table.uleb();
                if (--attributesLeft < 0) {
                    throw new DamagedFile("attributes");
                }
            } while (name != 0 || form != 0);
        }
        skipHead(table);
        return table;
    }

    /** The tag of an entry, and whether it has children. */
    private static void skipHead(ByteReader table) {
        table.uleb();
        table.skip(1);
    }

    /** An offset in a section: DW_FORM_data4, DW_FORM_data8 or DW_FORM_sec_offset. */
    private static long number(DwarfUnit unit, int form) {
        return switch (form) {
            case 0x06 -> unit.contents().u32();
            case 0x07 -> unit.contents().u64();
            case 0x17 -> unit.offset();
            default -> throw new DamagedFile("form");
        };
    }

    private String text(DwarfUnit unit, int form, int version, int addressSize) {
        return switch (form) {
            case DW_FORM_STRING -> unit.contents().string();
            case DW_FORM_STRP -> {
                ByteReader text = new ByteReader(strings.orElseThrow(() -> new DamagedFile("strings")));
                text.seek(unit.offset());
                yield text.string();
            }
            default -> {
                skip(unit, form, version, addressSize);
                yield "";
            }
        };
    }

    /** Skips a value: section 7.5.4 of DWARF 4, and the forms of GNU for split and shared information. */
    private static void skip(DwarfUnit unit, int form, int version, int addressSize) {
        ByteReader in = unit.contents();
        switch (form) {
            case 0x01 -> in.skip(addressSize);
            case 0x03 -> in.skip(in.u16());
            case 0x04 -> in.skip(in.u32());
            case 0x05, 0x12 -> in.skip(2);
            case 0x06, 0x13 -> in.skip(4);
            case 0x07, 0x14, 0x20 -> in.skip(8);
            case 0x08 -> in.string();
            case 0x09, 0x18 -> in.skip(in.uleb());
            case 0x0a -> in.skip(in.u8());
            case 0x0b, 0x0c, 0x11 -> in.skip(1);
            case 0x0d, 0x0f, 0x15, 0x1f01, 0x1f02 -> in.uleb();
            case 0x0e, 0x17, 0x1f20, 0x1f21 -> unit.offset();
            case 0x10 -> in.skip(version == 2 ? addressSize : unit.is64() ? 8 : 4);
            case 0x19 -> {} // DW_FORM_flag_present has no value
            default -> throw new DamagedFile("form");
        }
    }
}
