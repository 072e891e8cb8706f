package io.procmon.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The files of another machine that an examination reads. */
final class MachineExtract {

    private final Path root;

    MachineExtract(Path root) {
        this.root = root;
    }

    MachineExtract with(String file, String text) {
        try {
            Path path = root.resolve(file.substring(1));
            Files.createDirectories(path.getParent());
            Files.writeString(path, text + "\n");
            return this;
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    Machine machine() {
        return new Machine(root);
    }
}
