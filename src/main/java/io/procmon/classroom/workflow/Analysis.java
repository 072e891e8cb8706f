package io.procmon.classroom.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters of the analysis.
 *
 * @param idle the shortest time without an attempt that ends a session
 * @param patterns the patterns to look for
 */
public record Analysis(Duration idle, List<Pattern> patterns) {

    /** Whether the running programs alone, without a history, show a pattern. */
    public boolean findsAnythingIn(List<RunningProgram> running, Instant now) {
        PatternContext context = new PatternContext(new History(List.of()), running, Optional.empty(), now);
        return patterns.stream().anyMatch(pattern -> !pattern.findIn(context).isEmpty());
    }

    /** Analyses a student's work on a homework, at which no teacher was with the student. */
    public WorkSummary of(Work work, PatternContext context) {
        return of(work, context, List.of());
    }

    /**
     * Analyses a student's work on a homework.
     *
     * @param interventions when teachers were with the student, in any order
     */
    public WorkSummary of(Work work, PatternContext context, List<Intervention> interventions) {
        SortedMap<String, List<Finding>> found = findings(context);
        List<Intervention> inOrder =
                interventions.stream().sorted(Intervention.BY_TIME).toList();
        List<Session> sessions = context.history().sessions(idle);
        List<Cycle> cycles = context.history().cycles();
        return new WorkSummary(
                work,
                context.history(),
                State.of(context),
                Progress.of(context),
                Repairs.of(
                        context.history(),
                        context.required(),
                        inOrder.isEmpty()
                                ? Optional.empty()
                                : Optional.of(inOrder.getLast().at()),
                        idle),
                Figures.of(context.history(), sessions, cycles, context.running()),
                sessions,
                cycles,
                WorkErrors.of(context.history()),
                found,
                inOrder,
                answered(found, context, inOrder));
    }

    private SortedMap<String, List<Finding>> findings(PatternContext context) {
        SortedMap<String, List<Finding>> found = new TreeMap<>();
        for (Pattern pattern : patterns) {
            List<Finding> findings = pattern.findIn(context);
            if (!findings.isEmpty()) {
                found.put(pattern.name(), findings);
            }
        }
        return found;
    }

    /** The ongoing patterns that have not occurred again since the last intervention. */
    private List<String> answered(
            SortedMap<String, List<Finding>> found, PatternContext context, List<Intervention> interventions) {
        if (interventions.isEmpty()) {
            return List.of();
        }
        SortedMap<String, List<Finding>> since =
                findings(context.after(interventions.getLast().at()));
        return found.keySet().stream()
                .filter(pattern -> isOngoing(found, pattern) && !isOngoing(since, pattern))
                .toList();
    }

    private static boolean isOngoing(SortedMap<String, List<Finding>> found, String pattern) {
        return found.getOrDefault(pattern, List.of()).stream().anyMatch(Finding::ongoing);
    }
}
