package io.procmon.symbols;

/**
 * A unit of a DWARF section, or an entry of {@code .eh_frame}: bytes that begin with their length ("initial length",
 * section 7.4 of DWARF 4).
 *
 * @param contents the bytes after the length
 * @param at the offset of the unit in its section
 * @param is64 whether offsets in the unit have 64 bits
 */
record DwarfUnit(ByteReader contents, long at, boolean is64) {

    private static final long ESCAPE_64 = 0xffff_ffffL;

    /**
     * Reads the next unit. The reader continues after it.
     *
     * @throws DamagedFile if the unit is longer than the section
     */
    static DwarfUnit next(ByteReader section) {
        long at = section.position();
        long size = section.u32();
        boolean is64 = size == ESCAPE_64;
        return new DwarfUnit(section.part(is64 ? section.u64() : size), at, is64);
    }

    /** Reads an offset. */
    long offset() {
        return contents.unsigned(is64 ? 8 : 4);
    }
}
