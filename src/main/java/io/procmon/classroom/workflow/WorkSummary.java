package io.procmon.classroom.workflow;

import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What there is to say of a student's work on a homework.
 *
 * @param work whose, and on what
 * @param history what the student has done
 * @param state how far it has come
 * @param figures what can be counted and timed
 * @param sessions when the student was at it
 * @param cycles the turns from build to run
 * @param patterns the patterns that were found, by name, with the places where
 */
public record WorkSummary(
        Work work,
        History history,
        State state,
        Figures figures,
        List<Session> sessions,
        List<Cycle> cycles,
        SortedMap<String, List<Finding>> patterns) {

    /** The patterns that were not there in an earlier summary of the same work, or had not ended. */
    public List<PatternFound> newsSince(WorkSummary before) {
        Set<UUID> told = before.found().stream().map(PatternFound::eventId).collect(Collectors.toSet());
        return found().stream()
                .filter(pattern -> !told.contains(pattern.eventId()))
                .toList();
    }

    /** Whether a pattern is found in it, as far as it has come: one that goes on is another than one that has ended. */
    public boolean shows(PatternFound pattern) {
        return found().stream().anyMatch(it -> it.eventId().equals(pattern.eventId()));
    }

    private List<PatternFound> found() {
        return patterns.entrySet().stream()
                .flatMap(pattern -> pattern.getValue().stream().map(finding -> found(pattern.getKey(), finding)))
                .toList();
    }

    private PatternFound found(String pattern, Finding finding) {
        return new PatternFound(
                work.student(),
                work.homework(),
                pattern,
                finding.from(),
                finding.to(),
                finding.attempts(),
                finding.ongoing(),
                state.label());
    }
}
