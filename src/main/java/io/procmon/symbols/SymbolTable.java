package io.procmon.symbols;

import java.util.Optional;

/** The functions of a program, from the tables {@code .symtab} and {@code .dynsym} of elf(5). */
final class SymbolTable {

    private static final int SIZE_32 = 16;
    private static final int SIZE_64 = 24;
    private static final int STT_FUNC = 2;
    private static final int STT_GNU_IFUNC = 10;
    private static final int STB_GLOBAL = 1;
    private static final int TYPE_MASK = 0xf;
    private static final int BIND_SHIFT = 4;

    /**
     * A function.
     *
     * @param name the name in the symbol table
     * @param address the address of its first byte
     */
    record Function(String name, long address) {}

    private record Candidate(long name, long address, boolean global) {

        boolean isBetterThan(Candidate other) {
            return other == null
                    || Long.compareUnsigned(address, other.address) > 0
                    || (address == other.address && global && !other.global);
        }
    }

    private final ElfFile elf;

    SymbolTable(ElfFile elf) {
        this.elf = elf;
    }

    /** The function that contains an address. */
    Optional<Function> function(long address) {
        return function(".symtab", address).or(() -> function(".dynsym", address));
    }

    private Optional<Function> function(String table, long address) {
        try {
            return elf.section(table).flatMap(section -> function(section, address));
        } catch (DamagedFile damage) {
            return Optional.empty();
        }
    }

    private Optional<Function> function(ElfFile.Section section, long address) {
        Optional<byte[]> bytes = elf.bytes(section);
        Optional<ElfFile.Section> names = elf.linked(section);
        if (bytes.isEmpty() || names.isEmpty()) {
            return Optional.empty();
        }
        Candidate best = null;
        ByteReader symbols = new ByteReader(bytes.get());
        int count = bytes.get().length / entrySize();
        for (int i = 0; i < count; i++) {
            symbols.seek((long) i * entrySize());
            Candidate candidate = candidate(symbols, address);
            if (candidate != null && candidate.isBetterThan(best)) {
                best = candidate;
            }
        }
        return Optional.ofNullable(best)
                .flatMap(found -> elf.string(names.get(), found.name())
                        .filter(name -> !name.isEmpty())
                        .map(name -> new Function(name, found.address())));
    }

    private int entrySize() {
        return elf.wordSize() == 4 ? SIZE_32 : SIZE_64;
    }

    /** A symbol as a candidate. A function without a size has no known end, so it is ignored. */
    private Candidate candidate(ByteReader symbols, long address) {
        long name = symbols.u32();
        long value;
        long size;
        int info;
        int section;
        if (elf.wordSize() == 4) {
            value = symbols.u32();
            size = symbols.u32();
            info = symbols.u8();
            symbols.skip(1);
            section = symbols.u16();
        } else {
            info = symbols.u8();
            symbols.skip(1);
            section = symbols.u16();
            value = symbols.u64();
            size = symbols.u64();
        }
        int type = info & TYPE_MASK;
        boolean isFunction = (type == STT_FUNC || type == STT_GNU_IFUNC) && section != 0;
        boolean isInside = Long.compareUnsigned(address, value) >= 0 && Long.compareUnsigned(address - value, size) < 0;
        return isFunction && isInside ? new Candidate(name, value, info >> BIND_SHIFT == STB_GLOBAL) : null;
    }
}
