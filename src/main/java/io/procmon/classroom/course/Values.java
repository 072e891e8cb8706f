package io.procmon.classroom.course;

import io.procmon.diagnostics.DiagnosticsLevel;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Parses values of a course file. Each method throws an IllegalArgumentException that names the expected form. */
final class Values {

    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]{1,9}) ?([A-Za-z]+)");
    private static final Map<String, Duration> TIMES = Map.of(
            "ms",
            Duration.ofMillis(1),
            "s",
            Duration.ofSeconds(1),
            "m",
            Duration.ofMinutes(1),
            "h",
            Duration.ofHours(1));
    private static final Map<String, Long> SIZES = Map.of("K", 1L << 10, "M", 1L << 20, "G", 1L << 30);
    private static final int STATUS_MAX = 255;
    private static final int NAME_MAX = 60;

    private Values() {}

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no time zone, such as Asia/Seoul", e);
        }
    }

    static DiagnosticsLevel level(String text) {
        return Arrays.stream(DiagnosticsLevel.values())
                .filter(level -> level.label().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("must be off, types, messages or text"));
    }

    /** Parses a time with its own offset, or else by the clock of a zone. */
    static Instant time(String text, ZoneId zone) {
        String iso = text.strip().replace(' ', 'T');
        try {
            return DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, OffsetDateTime::from, LocalDateTime::from)
                            instanceof OffsetDateTime time
                    ? time.toInstant()
                    : LocalDateTime.parse(iso).atZone(zone).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is no date and time, such as 2026-03-09 23:59", e);
        }
    }

    static Duration duration(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (!matcher.matches() || !TIMES.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException("is no time, such as 500ms, 10s or 2m");
        }
        return TIMES.get(matcher.group(2)).multipliedBy(Long.parseLong(matcher.group(1)));
    }

    static long size(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches() || !SIZES.containsKey(matcher.group(2))) {
            throw new IllegalArgumentException("is no size, such as 64M");
        }
        return SIZES.get(matcher.group(2)) * Long.parseLong(matcher.group(1));
    }

    static int exitStatus(String text) {
        try {
            int status = Integer.parseInt(text);
            if (status >= 0 && status <= STATUS_MAX) {
                return status;
            }
        } catch (NumberFormatException _) {
            // reported below
        }
        throw new IllegalArgumentException("is no exit status: 0 to " + STATUS_MAX);
    }

    /** Checks a name that pages show. */
    static String name(String text) {
        if (text.isBlank() || text.length() > NAME_MAX || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("is no name: 1 to %d characters in one line".formatted(NAME_MAX));
        }
        return text;
    }

    static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is no regular expression: " + e.getDescription(), e);
        }
    }
}
