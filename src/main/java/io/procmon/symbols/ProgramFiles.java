package io.procmon.symbols;

import io.procmon.events.CrashDump;
import java.util.Optional;

/** Opens the files from which the code of a process was mapped. */
@FunctionalInterface
public interface ProgramFiles extends AutoCloseable {

    /** Opens no file. */
    ProgramFiles NONE = _ -> Optional.empty();

    /**
     * Opens a file, if it is still the one that was mapped, and if the process may read it. Closing this object closes
     * the file.
     */
    Optional<FileContents> open(CrashDump.Code mapping);

    @Override
    default void close() {}
}
