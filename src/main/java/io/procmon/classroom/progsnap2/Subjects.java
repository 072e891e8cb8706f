package io.procmon.classroom.progsnap2;

import io.procmon.privacy.KeyedHash;
import io.procmon.process.Student;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Names for students that do not tell who they are: a keyed hash of the id. A student has the same name in all data sets
 * under the same key.
 *
 * @param hashes under the key
 */
public record Subjects(KeyedHash hashes) {

    private static final int NAME_BYTES = 8;

    /** Names that nobody can ever lead back, nor link to those of another data set. */
    public static Subjects unlinkable() {
        return new Subjects(KeyedHash.unlinkable());
    }

    /** Another id for an event or a build, which leads to what a backend has of it no more than a subject does. */
    UUID of(UUID id) {
        ByteBuffer hash = ByteBuffer.wrap(hashes.of("event " + id));
        return new UUID(hash.getLong(), hash.getLong());
    }

    /** A path without the student's id, which files are often named after. */
    String in(String path, Student student) {
        return path.replaceAll("(?<![0-9])" + Pattern.quote(student.id()) + "(?![0-9])", of(student));
    }

    /** Such as {@code S3f2a9c0d11e85b64}. */
    String of(Student student) {
        return "S" + HexFormat.of().formatHex(hashes.of(student.id()), 0, NAME_BYTES);
    }
}
