package io.procmon.classroom.progsnap2;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the format's timestamps to microseconds since 1970, which is the precision of the format. */
final class Timestamps {

    private static final Pattern FORMAT = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)[T ](\\d\\d):(\\d\\d):(\\d\\d)"
            + "(?:\\.(\\d{1,9}))?(Z|[+-]\\d\\d(?::?\\d\\d)?)?");
    private static final int MICROS_PER_SECOND = 1_000_000;
    private static final int FRACTION_DIGITS = 6;

    private Timestamps() {}

    /**
     * Parses a timestamp such as {@code 2026-03-02T09:15:00.250+0900}. The format requires an offset, but some data
     * sets have none: they are read as UTC.
     *
     * @throws DateTimeException if the text is not a timestamp
     */
    static long micros(String text) {
        Matcher time = FORMAT.matcher(text);
        if (!time.matches()) {
            throw new DateTimeException(text);
        }
        LocalDateTime local = LocalDateTime.of(
                number(time, 1), number(time, 2), number(time, 3), number(time, 4), number(time, 5), number(time, 6));
        ZoneOffset offset = time.group(8) == null ? ZoneOffset.UTC : ZoneOffset.of(time.group(8));
        return local.toEpochSecond(offset) * MICROS_PER_SECOND + fraction(time.group(7));
    }

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static int number(Matcher time, int group) {
        return Integer.parseInt(time.group(group));
    }

    private static int fraction(String digits) {
        return digits == null
                ? 0
                : Integer.parseInt((digits + "0".repeat(FRACTION_DIGITS)).substring(0, FRACTION_DIGITS));
    }
}
