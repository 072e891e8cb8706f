package io.procmon.classroom.workflow;

import io.procmon.diagnostics.Diagnostic;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.Severity;
import io.procmon.process.WaitStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A student's actions, written in a table: {@code 0:00 build failed; 0:20 build ok; 0:25 run SIGSEGV}. An attempt takes
 * a second. More words may follow: {@code for=90}, {@code cpu=12} (seconds), {@code bytes=3000}, {@code call=1},
 * {@code on=lab-7}, {@code program=4000@1:30}, {@code by=7}, {@code via=gdb}, {@code makes=main}, {@code of=list.c}, {@code misses=-Wall}, {@code says=E0308} (an error).
 */
public final class Story {

    public static final Instant BEGIN = Instant.parse("2026-03-02T09:00:00Z");

    private Story() {}

    /** The attempts of a story. */
    public static List<Attempt> of(String story) {
        List<Attempt> attempts = new ArrayList<>();
        for (String sentence : story.split(";", -1)) {
            if (!sentence.isBlank()) {
                attempts.add(attempt(sentence.strip(), attempts.size()));
            }
        }
        return attempts;
    }

    /** The time that a story writes as {@code 1:30}. */
    public static Instant at(String time) {
        int colon = time.indexOf(':');
        return BEGIN.plusSeconds(
                60L * Integer.parseInt(time, 0, colon, 10) + Integer.parseInt(time, colon + 1, time.length(), 10));
    }

    /** The notation of a time in a story. */
    public static String time(Instant at) {
        long seconds = Duration.between(BEGIN, at).toSeconds();
        return "%d:%02d".formatted(seconds / 60, seconds % 60);
    }

    /** The same attempt, with another id and at a later time. */
    public static Attempt later(Attempt attempt, UUID id, Duration by) {
        Execution execution = attempt.execution();
        return new Attempt(
                id,
                attempt.kind(),
                attempt.type(),
                attempt.target(),
                new Execution(
                        execution.startedAt().plus(by),
                        execution.endedAt().plus(by),
                        execution.status(),
                        execution.cpu(),
                        execution.peakMemory()),
                attempt.files(),
                attempt.descent(),
                attempt.origin(),
                attempt.test(),
                attempt.failedChecks(),
                attempt.diagnostics());
    }

    private static Attempt attempt(String sentence, int number) {
        String[] words = sentence.split(" +", -1);
        Instant startedAt = at(words[0]);
        String what = words[1];
        List<String> more = Arrays.asList(words).subList(3, words.length);
        return new Attempt(
                UUID.nameUUIDFromBytes((number + sentence).getBytes(StandardCharsets.UTF_8)),
                what.equals("build") || what.equals("compile") ? Attempt.Kind.BUILD : Attempt.Kind.RUN,
                what.equals("test") ? "PYTHON" : "GCC",
                text(more, "of").orElse("main"),
                new Execution(
                        startedAt,
                        startedAt.plusSeconds(value(more, "for").orElse(1)),
                        status(words[2]),
                        Duration.ofSeconds(value(more, "cpu").orElse(0)),
                        1 << 20),
                new BuildFiles(
                        text(more, "of").map(List::of).orElse(List.of("main.c")),
                        value(more, "bytes"),
                        text(more, "makes").map(List::of).orElse(List.of()),
                        what.equals("build")),
                new Descent(
                        text(more, "by").map(build -> new UUID(0, Long.parseLong(build))),
                        value(more, "call").isPresent()
                                ? Optional.of(new UUID(0, value(more, "call").getAsLong()))
                                : Optional.empty(),
                        text(more, "via").map(List::of).orElse(List.of())),
                origin(more),
                what.equals("test"),
                text(more, "misses").map(List::of).orElse(List.of()),
                says(more));
    }

    /** {@code program=4000@1:30} is the size of the program, and when it was changed. */
    private static Origin origin(List<String> words) {
        Optional<ProgramStamp> program = text(words, "program").map(stamp -> {
            String[] parts = stamp.split("@", -1);
            return new ProgramStamp("main", Long.parseLong(parts[0]), at(parts[1]));
        });
        return new Origin(text(words, "on").orElse(""), program);
    }

    private static Diagnostics says(List<String> words) {
        List<Diagnostic> errors = words.stream()
                .filter(word -> word.startsWith("says="))
                .map(word -> error(word.substring("says=".length())))
                .toList();
        return new Diagnostics(errors, errors.size(), 0);
    }

    /** An error in line 7 of {@code main.c}. */
    public static Diagnostic error(String type) {
        return new Diagnostic(
                Severity.ERROR,
                type,
                Optional.empty(),
                Optional.of("about " + type),
                Optional.of("main.c"),
                OptionalInt.of(7),
                OptionalInt.empty(),
                "cc");
    }

    private static WaitStatus status(String word) {
        return switch (word) {
            case "ok" -> new WaitStatus(0);
            case "failed" -> new WaitStatus(1 << 8);
            default ->
                new WaitStatus(IntStream.range(1, 32)
                        .filter(signal -> Signals.name(signal).equals(word))
                        .findFirst()
                        .orElseThrow());
        };
    }

    private static OptionalLong value(List<String> words, String name) {
        return text(words, name).map(Long::valueOf).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static Optional<String> text(List<String> words, String name) {
        return words.stream()
                .filter(word -> word.startsWith(name + "="))
                .map(word -> word.substring(name.length() + 1))
                .findFirst();
    }
}
