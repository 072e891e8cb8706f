package io.procmon.classroom.overview;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Ending;
import io.procmon.classroom.workflow.Figures;
import io.procmon.classroom.workflow.Finding;
import io.procmon.classroom.workflow.Intervention;
import io.procmon.classroom.workflow.Repairs;
import io.procmon.classroom.workflow.State;
import io.procmon.classroom.workflow.Step;
import io.procmon.classroom.workflow.Work;
import io.procmon.classroom.workflow.WorkErrors;
import io.procmon.classroom.workflow.WorkSummary;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The facts about a student's work on a homework that the overview shows: a {@link WorkSummary} without the history.
 *
 * @param work the student and the homework
 * @param state the state
 * @param steps the steps of the homework, in order
 * @param reached the indexes of the steps that are reached
 * @param repairs the times to repair failed builds
 * @param figures counts and times
 * @param recent the latest builds and runs, in order
 * @param signs the ongoing patterns
 * @param errors the errors of the newest build or run
 * @param helped the last time at which a teacher was with the student; empty if the student has recovered since
 */
public record Row(
        Work work,
        State state,
        List<Step> steps,
        BitSet reached,
        Repairs repairs,
        Figures figures,
        List<Recent> recent,
        List<Sign> signs,
        List<WorkErrors.Current> errors,
        Optional<Intervention> helped) {

    /** The number of builds and runs in a sparkline. */
    private static final int RECENT = 30;

    /** A build or a run in brief. */
    public record Recent(Attempt.Kind kind, Ending ending) {

        /** One object for each kind and ending; a semester has hundreds of thousands of builds and runs. */
        private static final Map<Recent, Recent> ALL = Stream.of(Attempt.Kind.values())
                .flatMap(kind -> Stream.of(Ending.values()).map(ending -> new Recent(kind, ending)))
                .collect(Collectors.toUnmodifiableMap(Function.identity(), Function.identity()));

        static Recent of(Attempt attempt) {
            return ALL.get(new Recent(attempt.kind(), attempt.ending()));
        }
    }

    /**
     * An ongoing pattern.
     *
     * @param pattern the name, such as {@code stuck}
     * @param attempts the number of attempts of its newest occurrence
     * @param from the start of the first of them
     * @param since the start of the first of them in the current session; empty if there is none, or if the pattern has
     *     not occurred again since a teacher was with the student
     * @param reason the reason in words; empty if the figures are enough
     */
    public record Sign(String pattern, int attempts, Instant from, Optional<Instant> since, String reason) {}

    /**
     * The row of a summary.
     *
     * @param shared returns one list for all equal lists of steps, which saves memory
     */
    static Row of(WorkSummary summary, UnaryOperator<List<Step>> shared) {
        Map<Step, Boolean> progress = summary.progress().reached();
        BitSet reached = new BitSet(progress.size());
        int index = 0;
        for (boolean isReached : progress.values()) {
            reached.set(index++, isReached);
        }
        List<Attempt> attempts = summary.history().attempts();
        return new Row(
                summary.work(),
                summary.state(),
                shared.apply(List.copyOf(progress.keySet())),
                reached,
                summary.repairs(),
                summary.figures(),
                attempts.stream()
                        .skip(Math.max(0, attempts.size() - RECENT))
                        .map(Recent::of)
                        .toList(),
                signs(summary),
                summary.errors().now(),
                summary.interventions().reversed().stream()
                        .findFirst()
                        .filter(it -> it.recovery(summary.history()).isEmpty()));
    }

    private static List<Sign> signs(WorkSummary summary) {
        return summary.patterns().entrySet().stream()
                .flatMap(pattern -> pattern.getValue().reversed().stream()
                        .filter(Finding::ongoing)
                        .findFirst()
                        .map(finding -> sign(pattern.getKey(), finding, summary))
                        .stream())
                .toList();
    }

    private static Sign sign(String pattern, Finding finding, WorkSummary summary) {
        return new Sign(
                pattern,
                finding.attempts(),
                finding.from(),
                summary.since(finding).filter(_ -> !summary.answered().contains(pattern)),
                finding.reason());
    }

    /** Whether the student has begun: there is a build or a run, or a program runs. */
    boolean isStarted() {
        return reached.get(0);
    }

    /** Whether the student has opted out, so that no figure of the class includes this row. */
    boolean isOptedOut() {
        return state == State.OPTED_OUT;
    }

    /** The end of the newest build or run; long ago if there is none. */
    Instant lastSeen() {
        return figures.last().orElse(Instant.EPOCH);
    }
}
