package io.procmon.classroom.logbook;

import io.procmon.classroom.mirror.Look;
import io.procmon.process.Student;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The newest looks at each student, in a map of the logbook's file. The key has all of a look: the hour in nanoseconds since
 * 1970, the viewer and the kind. One thread changes them; any thread reads.
 */
final class Looks {

    private static final byte[] RECORD = {1};
    private static final char SEPARATOR = '\0';
    private static final int HOUR_DIGITS = 16;

    private final SideMap map;

    Looks(SideMap map) {
        this.map = map;
    }

    /**
     * Adds a look.
     *
     * @return whether it is new
     */
    boolean add(Student student, Look look) {
        String prefix = AttemptKey.prefix(student);
        long nanos = ChronoUnit.NANOS.between(Instant.EPOCH, look.hour());
        String key = prefix
                + HexFormat.of().toHexDigits(nanos)
                + look.viewer()
                + SEPARATOR
                + look.kind().label();
        if (map.get(key).isPresent()) {
            return false;
        }
        map.put(key, RECORD);
        map.limit(prefix, StudentStore.LOOKS_MAX);
        return true;
    }

    void forget(Student student) {
        map.removeAll(AttemptKey.prefix(student));
    }

    /** Whether there are looks at a student. */
    boolean has(Student student) {
        return map.hasAny(AttemptKey.prefix(student));
    }

    List<Look> at(Student student) {
        String prefix = AttemptKey.prefix(student);
        List<Look> looks = new ArrayList<>();
        map.each(prefix, (key, _) -> {
            String look = key.substring(prefix.length());
            int separator = look.lastIndexOf(SEPARATOR);
            Look.Kind.named(look.substring(separator + 1))
                    .map(kind -> new Look(
                            look.substring(HOUR_DIGITS, separator),
                            kind,
                            Instant.ofEpochSecond(0, Long.parseLong(look, 0, HOUR_DIGITS, 16))))
                    .ifPresent(looks::add);
        });
        return looks;
    }
}
