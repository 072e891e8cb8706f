package io.procmon.classroom.workflow;

import io.procmon.diagnostics.Diagnostic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Attempts in a row that a summary in words tells together, such as "crashed twice in list.c".
 *
 * @param kind builds or runs
 * @param ending how they ended; a compiler that crashed is a failed build
 * @param place for crashes: the file of the first message, or the program; otherwise empty
 * @param count the number of attempts
 * @param repair for builds that succeeded: the time since the first failed one before them; empty if none had failed
 */
public record Episode(Attempt.Kind kind, Ending ending, String place, int count, Optional<Duration> repair) {

    private Episode plusOne() {
        return new Episode(kind, ending, place, count + 1, repair);
    }

    private boolean isLike(Episode other) {
        return kind == other.kind && ending == other.ending && place.equals(other.place);
    }

    /** The episodes of a history, in order. */
    public static List<Episode> of(History history) {
        List<Episode> episodes = new ArrayList<>();
        Optional<Instant> failure = Optional.empty();
        for (Attempt attempt : history.attempts()) {
            Optional<Instant> repaired = attempt.isGoodBuild() ? failure : Optional.empty();
            Episode episode = of(attempt, repaired.map(since -> Duration.between(since, attempt.endedAt())));
            if (!episodes.isEmpty() && episodes.getLast().isLike(episode)) {
                episodes.set(episodes.size() - 1, episodes.getLast().plusOne());
            } else {
                episodes.add(episode);
            }
            if (attempt.isFailedBuild()) {
                failure = failure.or(() -> Optional.of(attempt.endedAt()));
            } else if (attempt.isGoodBuild()) {
                failure = Optional.empty();
            }
        }
        return List.copyOf(episodes);
    }

    private static Episode of(Attempt attempt, Optional<Duration> repair) {
        boolean crashed = attempt.isRun() && attempt.ending() == Ending.CRASHED;
        return new Episode(
                attempt.kind(),
                attempt.isFailedBuild() ? Ending.FAILED : attempt.ending(),
                crashed ? place(attempt) : "",
                1,
                repair);
    }

    private static String place(Attempt run) {
        return run.diagnostics().list().stream()
                .map(Diagnostic::file)
                .flatMap(Optional::stream)
                .findFirst()
                .orElse(run.target());
    }
}
