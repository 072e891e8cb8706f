package io.procmon.classroom.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.process.Student;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs links to what is recorded of a student. Whoever has a link is the student. A link has the course, the section, the
 * student's id and the time of its end, and their HMAC (SHA-256).
 */
public final class MirrorLinks {

    /** The shortest key, in bytes: that of the hash. */
    public static final int KEY_MIN = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SEPARATOR = "\0";
    private static final int PARTS = 4;
    private static final int SIGNATURE_LENGTH = 32;

    private final byte[] key;

    /** @throws IllegalArgumentException if the key is too short */
    public MirrorLinks(byte[] key) {
        if (key.length < KEY_MIN) {
            throw new IllegalArgumentException(
                    "the key has %d bytes; it must have at least %d".formatted(key.length, KEY_MIN));
        }
        this.key = key.clone();
    }

    /** The last part of a link, which a path may contain. */
    public String of(Student student, Instant until) {
        byte[] content = String.join(
                        SEPARATOR,
                        student.course(),
                        student.section(),
                        student.id(),
                        Long.toString(until.getEpochSecond()))
                .getBytes(UTF_8);
        byte[] whole = Arrays.copyOf(content, content.length + SIGNATURE_LENGTH);
        System.arraycopy(signature(content), 0, whole, content.length, SIGNATURE_LENGTH);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** The student of a link; empty if this key has not signed it, or if it has ended. */
    public Optional<Student> student(String link, Instant now) {
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(link);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (whole.length < SIGNATURE_LENGTH) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(whole, whole.length - SIGNATURE_LENGTH);
        byte[] signature = Arrays.copyOfRange(whole, content.length, whole.length);
        if (!MessageDigest.isEqual(signature, signature(content))) {
            return Optional.empty();
        }
        String[] parts = new String(content, UTF_8).split(SEPARATOR, -1);
        return parts.length == PARTS && now.getEpochSecond() < Long.parseLong(parts[3])
                ? Optional.of(new Student(parts[0], parts[1], parts[2]))
                : Optional.empty();
    }

    private byte[] signature(byte[] content) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has " + ALGORITHM, e);
        }
    }
}
