package io.procmon.parser;

import io.procmon.process.ContainerPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files of this machine. In tests, the container is the machine. */
public final class DiskFiles implements ProcessFiles {

    @Override
    public boolean isFile(ContainerPath path) {
        return Files.isRegularFile(Path.of(path.value()));
    }

    @Override
    public boolean isDirectory(ContainerPath path) {
        return Files.isDirectory(Path.of(path.value()));
    }

    @Override
    public Optional<String> read(ContainerPath path) {
        try {
            return isFile(path) ? Optional.of(Files.readString(Path.of(path.value()))) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
