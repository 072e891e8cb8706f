package io.procmon.privacy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that contain student ids. Only procmon's own user may read them. */
public final class OwnerOnlyFiles {

    public static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

    public static final FileAttribute<Set<PosixFilePermission>> PERMISSIONS =
            PosixFilePermissions.asFileAttribute(MODE);

    private OwnerOnlyFiles() {}

    /** Creates an empty file unless it exists. An existing file is not changed. */
    public static void create(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, PERMISSIONS);
        }
    }
}
