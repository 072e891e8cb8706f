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

    /** Analyses a student's work on a homework. */
    public WorkSummary of(Work work, PatternContext context) {
        SortedMap<String, List<Finding>> found = new TreeMap<>();
        for (Pattern pattern : patterns) {
            List<Finding> findings = pattern.findIn(context);
            if (!findings.isEmpty()) {
                found.put(pattern.name(), findings);
            }
        }
        List<Session> sessions = context.history().sessions(idle);
        List<Cycle> cycles = context.history().cycles();
        return new WorkSummary(
                work,
                context.history(),
                State.of(context),
                Figures.of(context.history(), sessions, cycles, context.running()),
                sessions,
                cycles,
                WorkErrors.of(context.history()),
                found);
    }
}
