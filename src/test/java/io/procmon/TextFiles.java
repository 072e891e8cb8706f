package io.procmon;

import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.util.Optional;
import java.util.function.Function;

/** Files with contents given by a test; there are no directories. */
public record TextFiles(Function<ContainerPath, Optional<String>> text) implements ProcessFiles {

    @Override
    public boolean isFile(ContainerPath path) {
        return text.apply(path).isPresent();
    }

    @Override
    public boolean isDirectory(ContainerPath path) {
        return false;
    }

    @Override
    public Optional<String> read(ContainerPath path) {
        return text.apply(path);
    }
}
