package io.procmon.symbols;

import java.util.Optional;

/** The contents of a program or a library. */
public interface ProgramFile {

    /** The number of bytes. */
    long size();

    /** Reads exactly a number of bytes; empty if the file has fewer, or if they cannot be read. */
    Optional<byte[]> read(long offset, int length);
}
