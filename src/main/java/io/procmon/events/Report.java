package io.procmon.events;

import io.procmon.process.Student;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What a backend is to be told about an activity, or a pattern in them: complete, and of no backend's dialect yet. It is
 * what the spool keeps, so that an activity of last week can be sent in the dialect of today.
 *
 * @param eventId the same for the same news, whoever sends it and however often
 * @param kind {@code build}, {@code run} or {@code pattern}
 * @param type such as {@code GCC}, or {@code stuck} of a pattern
 * @param student whose activity it is
 * @param homework the homework directory, such as {@code hw1}
 * @param startedAt when its process began; of a pattern, and where an earlier procmon kept the report, nobody knows
 * @param endedAt when it ended
 * @param activity all that is known of it, as a JSON object
 */
public record Report(
        UUID eventId,
        String kind,
        String type,
        Student student,
        String homework,
        Optional<Instant> startedAt,
        Instant endedAt,
        String activity) {

    /** The kind of what is no activity, but seen in several. */
    public static final String PATTERN = "pattern";
}
