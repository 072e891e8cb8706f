package io.procmon.privacy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that name students: nobody but procmon's own user may read them. */
public final class OwnerOnlyFiles {

    public static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-------");

    public static final FileAttribute<Set<PosixFilePermission>> PERMISSIONS =
            PosixFilePermissions.asFileAttribute(MODE);

    private OwnerOnlyFiles() {}

    /** Makes an empty file if there is none; one that is there stays as it is. */
    public static void create(Path file) throws IOException {
        if (Files.notExists(file)) {
            Files.createFile(file, PERMISSIONS);
        }
    }
}
