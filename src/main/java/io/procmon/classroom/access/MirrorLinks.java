package io.procmon.classroom.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.process.Student;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs links to what is recorded of a student, and their revocations. Whoever has a link is the student. A link has the
 * course, the section, the student's id, the time of its end and the time at which it was made, and their HMAC (SHA-256).
 * A revocation has a mark, the course, the section, the student's id and a time, and their HMAC.
 */
public final class MirrorLinks {

    /** The shortest key, in bytes: that of the hash. */
    public static final int KEY_MIN = 32;

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SEPARATOR = "\0";
    private static final int LINK_PARTS = 5;

    /** A link of an earlier version has no time at which it was made. */
    private static final int EARLIER_LINK_PARTS = 4;

    /** The first two parts of a revocation. It has more parts than a link, so that neither can be read as the other. */
    private static final List<String> REVOCATION = List.of("", "revocation");

    private static final int REVOCATION_PARTS = 6;
    private static final int SIGNATURE_LENGTH = 32;

    private final byte[] key;

    /**
     * A link.
     *
     * @param student the student
     * @param madeAt when it was made, by the clock of the machine that made it, in milliseconds; long ago if an earlier
     *     version has made it
     */
    public record Link(Student student, Instant madeAt) {}

    /**
     * A revocation of links.
     *
     * @param student the student
     * @param until links that were made at this time or earlier are revoked, in milliseconds
     */
    public record Revocation(Student student, Instant until) {}

    /** @throws IllegalArgumentException if the key is too short */
    public MirrorLinks(byte[] key) {
        if (key.length < KEY_MIN) {
            throw new IllegalArgumentException(
                    "the key has %d bytes; it must have at least %d".formatted(key.length, KEY_MIN));
        }
        this.key = key.clone();
    }

    /**
     * The last part of a link, which a path may contain.
     *
     * @param madeAt the current time
     * @param until the end of the link, in seconds
     */
    public String link(Student student, Instant madeAt, Instant until) {
        return signed(
                student.course(),
                student.section(),
                student.id(),
                Long.toString(until.getEpochSecond()),
                Long.toString(madeAt.toEpochMilli()));
    }

    /** A revocation in the same form: it revokes all links of a student that were made until a time. */
    public String revocation(Student student, Instant until) {
        return signed(
                REVOCATION.getFirst(),
                REVOCATION.getLast(),
                student.course(),
                student.section(),
                student.id(),
                Long.toString(until.toEpochMilli()));
    }

    /** Reads a link; empty if this key has not signed it, or if it has ended. */
    public Optional<Link> readLink(String link, Instant now) {
        return parts(link)
                .filter(parts -> parts.size() == LINK_PARTS || parts.size() == EARLIER_LINK_PARTS)
                .filter(parts -> now.getEpochSecond() < Long.parseLong(parts.get(3)))
                .map(parts -> new Link(
                        new Student(parts.get(0), parts.get(1), parts.get(2)),
                        parts.size() == LINK_PARTS
                                ? Instant.ofEpochMilli(Long.parseLong(parts.getLast()))
                                : Instant.EPOCH));
    }

    /** Reads a revocation; empty if this key has not signed it. */
    public Optional<Revocation> readRevocation(String revocation) {
        return parts(revocation)
                .filter(parts ->
                        parts.size() == REVOCATION_PARTS && parts.subList(0, 2).equals(REVOCATION))
                .map(parts -> new Revocation(
                        new Student(parts.get(2), parts.get(3), parts.get(4)),
                        Instant.ofEpochMilli(Long.parseLong(parts.getLast()))));
    }

    private String signed(String... parts) {
        byte[] content = String.join(SEPARATOR, parts).getBytes(UTF_8);
        byte[] whole = Arrays.copyOf(content, content.length + SIGNATURE_LENGTH);
        System.arraycopy(signature(content), 0, whole, content.length, SIGNATURE_LENGTH);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    }

    /** The parts of a signed text; empty if this key has not signed it. */
    private Optional<List<String>> parts(String signed) {
        byte[] whole;
        try {
            whole = Base64.getUrlDecoder().decode(signed);
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
        if (whole.length < SIGNATURE_LENGTH) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(whole, whole.length - SIGNATURE_LENGTH);
        byte[] signature = Arrays.copyOfRange(whole, content.length, whole.length);
        return MessageDigest.isEqual(signature, signature(content))
                ? Optional.of(List.of(new String(content, UTF_8).split(SEPARATOR, -1)))
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
