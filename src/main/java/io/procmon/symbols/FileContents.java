package io.procmon.symbols;

import java.util.Optional;

/** The contents of a program or a library. */
public interface FileContents {

    /** The number of bytes. */
    long size();

    /** Reads an exact number of bytes; empty if the file is shorter or cannot be read. */
    Optional<byte[]> read(long offset, int length);
}
