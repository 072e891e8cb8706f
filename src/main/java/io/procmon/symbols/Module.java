package io.procmon.symbols;

import io.procmon.events.CrashDump.Code;
import java.util.Optional;
import java.util.OptionalLong;

/** A file that a process had mapped as code, with its tables. */
final class Module {

    private final ElfFile elf;
    private final UnwindTable unwindTable;

    Module(ElfFile elf) {
        this.elf = elf;
        unwindTable = new UnwindTable(elf);
    }

    /** Converts an address of the process to an address of the file's tables. */
    OptionalLong addressOf(Code mapping, long address) {
        return elf.addressOf(address - mapping.start() + mapping.fileOffset());
    }

    /** The code before an address, at most {@code length} bytes. */
    Optional<byte[]> bytesBefore(Code mapping, long address, int max) {
        int length = (int) Math.min(max, address - mapping.start());
        OptionalLong at = addressOf(mapping, address - length);
        return at.isPresent() ? elf.at(at.getAsLong(), length) : Optional.empty();
    }

    UnwindTable unwindTable() {
        return unwindTable;
    }

    SymbolTable symbols() {
        return new SymbolTable(elf);
    }

    LineTable lines() {
        return new LineTable(elf);
    }
}
