package io.procmon.join;

import io.procmon.process.ContainerPath;
import java.util.List;

/**
 * What a tool makes of files: {@code cp a b} makes b of a, {@code strip a} makes a of itself, {@code ar r lib.a a.o} makes
 * lib.a of itself and a.o.
 *
 * @param from the files that go in
 * @param to the file that comes out
 * @param moves whether what goes in is there no more
 * @param keepsTime whether the result has the time of what goes in, and not that of the tool
 * @param deep whether directories go with all that is in them
 */
record Transfer(List<ContainerPath> from, ContainerPath to, boolean moves, boolean keepsTime, boolean deep) {

    /** A file that is made of others. */
    static Transfer of(List<ContainerPath> from, ContainerPath to) {
        return new Transfer(from, to, false, false, false);
    }

    /** A tool that writes a file again. */
    static Transfer within(ContainerPath file) {
        return of(List.of(file), file);
    }
}
