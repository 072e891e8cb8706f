package io.procmon.stream;

import io.procmon.events.ExecRecord;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.join.ContainerFiles;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import io.procmon.procfs.ProcessRoot;
import java.util.Optional;

/** Reads files of containers on this machine, with the paths that their processes see. Used by one thread. */
final class SeenContainers implements ContainerFiles {

    private final ProcessRoot roots = new ProcessRoot();

    @Override
    public Optional<FoundFile> find(ImageKey process, ContainerPath path) {
        return roots.find(process, path);
    }

    @Override
    public Optional<FoundFile> find(ExecRecord exec, ContainerPath path) {
        return roots.find(exec, path);
    }

    @Override
    public boolean isOnNetwork(int device) {
        return roots.isOnNetwork(device);
    }

    @Override
    public ProcessFiles of(ExecRecord exec) {
        return roots.filesOf(exec);
    }
}
