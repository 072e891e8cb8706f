package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.util.Optional;

/** Looks at the files of a container. */
@FunctionalInterface
public interface ContainerFiles {

    /**
     * The file to which a path leads for a process.
     *
     * @param process one that runs in the container
     * @return empty if there is none, or if it cannot be looked at now and at once
     */
    Optional<FoundFile> find(ImageKey process, ContainerPath path);

    /**
     * Whether a file lies on a file system of another machine, which has another clock and other clients.
     *
     * @param device of the file, see {@link io.procmon.events.Executable#device}
     */
    default boolean isOnNetwork(int device) {
        return false;
    }

    /** The files that the process of an exec can see, to follow links. Whoever asks closes them. */
    default ProcessFiles of(ExecRecord exec) {
        return ProcessFiles.UNKNOWN;
    }
}
