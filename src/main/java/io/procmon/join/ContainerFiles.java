package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.util.Optional;

/** Finds the files of a container. */
@FunctionalInterface
public interface ContainerFiles {

    /**
     * Finds the file at a path, as a process sees it.
     *
     * @param process a process that runs in the container
     * @return empty if there is no such file, or if procmon cannot look at it at once
     */
    Optional<FoundFile> find(ImageKey process, ContainerPath path);

    /**
     * Finds the file at a path, as the process of an exec sees it. If that process has ended, the processes above it
     * are asked: the shell that waits for it, and the shell above.
     */
    default Optional<FoundFile> find(ExecRecord exec, ContainerPath path) {
        return find(exec.image(), path).or(() -> exec.parent().flatMap(shell -> find(shell, path)));
    }

    /**
     * Whether a file is on a network file system. Its stamps come from another clock, and other clients may change it.
     *
     * @param device the device of the file, see {@link io.procmon.events.Executable#device}
     */
    default boolean isOnNetwork(int device) {
        return false;
    }

    /** The files that the process of an exec can see, to follow links. The caller closes them. */
    default ProcessFiles of(ExecRecord exec) {
        return ProcessFiles.UNKNOWN;
    }
}
