package io.procmon.progsnap2;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.process.Student;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.KeyGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names for students that do not tell who they are: HMAC-SHA-256 of the id under a key. A student has the same name in all
 * data sets under the same key.
 */
public final class Subjects {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int NAME_BYTES = 8;

    private final SecretKeySpec key;

    /** @param key of whatever length */
    public Subjects(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** Names that nobody can ever lead back, nor link to those of another data set. */
    public static Subjects unlinkable() {
        try {
            return new Subjects(
                    KeyGenerator.getInstance(ALGORITHM).generateKey().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Such as {@code S3f2a9c0d11e85b64}. */
    String of(Student student) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] hash = mac.doFinal(student.id().getBytes(UTF_8));
            return "S" + HexFormat.of().formatHex(hash, 0, NAME_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
