package io.procmon.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A machine that is not at hand, as far as an examination looks at it. */
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
