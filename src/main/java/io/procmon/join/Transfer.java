package io.procmon.join;

import io.procmon.process.ContainerPath;
import java.util.List;

/**
 * The files that a tool reads and the file that it makes of them: {@code cp a b} makes b from a, {@code strip a} makes
 * a from itself, {@code ar r lib.a a.o} makes lib.a from itself and a.o.
 *
 * @param from the files that are read
 * @param to the file that is made
 * @param moves whether the files that are read are removed afterwards
 * @param keepsTime whether the result keeps the stamp of the file that is read
 * @param deep whether directories are copied with their contents
 */
record Transfer(List<ContainerPath> from, ContainerPath to, boolean moves, boolean keepsTime, boolean deep) {

    /** A transfer that copies files and gives the result a new stamp. */
    static Transfer of(List<ContainerPath> from, ContainerPath to) {
        return new Transfer(from, to, false, false, false);
    }

    /** A tool that rewrites a file in place. */
    static Transfer within(ContainerPath file) {
        return of(List.of(file), file);
    }
}
