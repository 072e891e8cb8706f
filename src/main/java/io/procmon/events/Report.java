package io.procmon.events;

import io.procmon.process.Student;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The report of an activity, or of a pattern over several activities. It is complete and independent of the backend's
 * dialect. The spool stores reports in this form, so that an old report can be sent in the dialect that is configured
 * now.
 *
 * @param eventId the unique id of the report; a retry sends the same id
 * @param kind {@code build}, {@code run} or {@code pattern}
 * @param type such as {@code GCC}; for a pattern, its name, such as {@code stuck}
 * @param student the student of the activity
 * @param homework the homework directory, such as {@code hw1}
 * @param startedAt start of the process; empty for a pattern, and for a report that an earlier version of procmon
 *     stored
 * @param endedAt end of the activity
 * @param activity all fields of the activity, as a JSON object
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

    /** The kind of a report about several activities. */
    public static final String PATTERN = "pattern";
}
