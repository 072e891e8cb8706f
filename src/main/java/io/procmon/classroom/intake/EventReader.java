package io.procmon.classroom.intake;

import com.fasterxml.jackson.databind.JsonNode;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.BuildFiles;
import io.procmon.classroom.workflow.Descent;
import io.procmon.classroom.workflow.Execution;
import io.procmon.classroom.workflow.Origin;
import io.procmon.classroom.workflow.ProgramStamp;
import io.procmon.classroom.workflow.TestRuns;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import io.procmon.process.WaitStatus;
import io.procmon.web.InvalidActivity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.StreamSupport;

/**
 * Parses an event of the dialect {@code generic} as an attempt. It reverses the report of a node. If neither side has
 * pseudonyms, the attempt equals the one that the node keeps.
 */
final class EventReader {

    private static final String BUILD = "build";
    private static final String RUN = "run";
    private static final String PATTERN = "pattern";

    /** The limit of characters of a file name: a name has at most 255 bytes, and each becomes at most one character. */
    private static final int NAME_MAX = 255;

    /** The latest time that is accepted. The keys of the store count nanoseconds in 64 bits. */
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private static final Duration LONGEST = Duration.ofDays(3650);
    private static final int CORE = 0x80;
    private static final int SIGNAL_MAX = 127;
    private static final int STATUS_MAX = 255;
    private static final double NANOS_PER_MILLI = 1e6;

    private final JsonNode event;

    private EventReader(JsonNode event) {
        this.event = event;
    }

    /** Whether an event is about a pattern. The class service ignores it, because it finds the patterns itself. */
    static boolean isPattern(JsonNode event) {
        return event.path("kind").asText().equals(PATTERN);
    }

    /**
     * Reads an activity.
     *
     * @throws InvalidActivity if a field is missing or wrong
     */
    static Received read(JsonNode event) {
        try {
            return new EventReader(event).received();
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidActivity("a point in time of the event is wrong: " + e.getMessage());
        }
    }

    private Received received() {
        String homework = name("homework_dir");
        return new Received(
                new Work(student(), homework),
                attempt(homework),
                event.path("node").asText());
    }

    private Student student() {
        String classDiv = name("class_div");
        int dash = classDiv.lastIndexOf('-');
        if (dash < 1 || dash == classDiv.length() - 1) {
            throw new InvalidActivity("class_div is not a course and a section, such as os-1");
        }
        return new Student(classDiv.substring(0, dash), classDiv.substring(dash + 1), name("student_id"));
    }

    private Attempt attempt(String homework) {
        boolean build = isBuild();
        Instant startedAt = startedAt();
        return new Attempt(
                uuid("event_id").orElseThrow(() -> new InvalidActivity("event_id is missing")),
                build ? Attempt.Kind.BUILD : Attempt.Kind.RUN,
                text("type"),
                below(homework, text("target_path")),
                new Execution(
                        startedAt,
                        startedAt.plus(duration("duration_ms")),
                        status(),
                        duration("user_cpu_ms").plus(duration("system_cpu_ms")),
                        Math.max(0, event.path("peak_memory_bytes").asLong())),
                new BuildFiles(
                        build ? paths("source_files", homework) : List.of(),
                        bytes("source_bytes"),
                        build ? paths("outputs", homework) : List.of(),
                        build && makesProgram()),
                new Descent(
                        build ? Optional.empty() : uuid("built_by"),
                        build ? uuid("build_id") : Optional.empty(),
                        texts("wrapper")),
                new Origin(event.path("node").asText(), program(homework, build)),
                !build && isTest(),
                failedChecks(),
                EventDiagnostics.of(event));
    }

    /** The program that a build wrote, or that a run executed. */
    private Optional<ProgramStamp> program(String homework, boolean build) {
        String path = build ? "output_path" : "target_path";
        OptionalLong bytes = bytes("program_bytes");
        if (bytes.isEmpty() || !event.has(path) || !event.has("program_modified_at")) {
            return Optional.empty();
        }
        return ProgramStamp.of(
                homework, ContainerPath.of(text(path)), bytes.getAsLong(), Instant.parse(text("program_modified_at")));
    }

    private Instant startedAt() {
        Instant startedAt = Instant.parse(text("started_at"));
        if (startedAt.isBefore(Instant.EPOCH) || startedAt.isAfter(LATEST)) {
            throw new InvalidActivity("started_at is before 1970 or after 2200");
        }
        return startedAt;
    }

    private boolean isBuild() {
        return switch (text("kind")) {
            case BUILD -> true;
            case RUN -> false;
            default -> throw new InvalidActivity("kind is neither build nor run");
        };
    }

    /** Whether the build made a program or a library. A compiler without steps, such as javac, does. */
    private boolean makesProgram() {
        return event.path("step").asText("link").equals("link");
    }

    private boolean isTest() {
        return TestRuns.isTest(ContainerPath.of(text("target_path")).fileName(), texts("arguments"));
    }

    private WaitStatus status() {
        int signal = event.path("signal").asInt(0);
        int code = event.path("exit_code").asInt(-1);
        if (signal < 0 || signal > SIGNAL_MAX || code < 0 || code > STATUS_MAX) {
            throw new InvalidActivity("exit_code or signal is missing or wrong");
        }
        int core = event.path("core_dumped").asBoolean() ? CORE : 0;
        return new WaitStatus(signal == 0 ? code << 8 : signal | core);
    }

    private List<String> failedChecks() {
        List<String> failed = new ArrayList<>();
        for (JsonNode check : event.path("checks")) {
            if (!check.path("passed").asBoolean()) {
                failed.add(check.path("requirement").asText());
            }
        }
        return List.copyOf(failed);
    }

    private OptionalLong bytes(String field) {
        JsonNode value = event.path(field);
        return value.canConvertToLong() && value.asLong() >= 0 ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }

    private Duration duration(String field) {
        double millis = event.path(field).asDouble(-1);
        if (!(millis >= 0 && millis <= LONGEST.toMillis())) {
            throw new InvalidActivity(field + " is missing, negative or too large");
        }
        return Duration.ofNanos(Math.round(millis * NANOS_PER_MILLI));
    }

    private Optional<UUID> uuid(String field) {
        JsonNode value = event.path(field);
        if (!value.isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(value.textValue()));
        } catch (IllegalArgumentException e) {
            throw new InvalidActivity(field + " is not a UUID");
        }
    }

    private List<String> paths(String field, String homework) {
        return texts(field).stream().map(path -> below(homework, path)).toList();
    }

    private List<String> texts(String field) {
        return StreamSupport.stream(event.path(field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private String text(String field) {
        JsonNode value = event.path(field);
        if (!value.isTextual()) {
            throw new InvalidActivity(field + " is missing, or is not a string");
        }
        return value.textValue();
    }

    /**
     * A name that becomes a part of a key. No node reports a longer name, or one with a control character, which
     * separates the parts of a key.
     */
    private String name(String field) {
        String value = text(field);
        if (value.isEmpty() || value.length() > NAME_MAX || value.indexOf('\0') >= 0) {
            throw new InvalidActivity(field + " is empty, too long, or has a zero byte");
        }
        return value;
    }

    /** The path as a node stores it: relative to the homework directory; for a file elsewhere, only the name. */
    private static String below(String homework, String path) {
        ContainerPath normal = ContainerPath.of(path);
        return normal.below(homework).orElseGet(normal::fileName);
    }
}
