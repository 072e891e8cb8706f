package io.procmon.classroom.workflow;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The analysis of a student's work on a homework.
 *
 * @param work the student and the homework
 * @param history the student's attempts
 * @param state the state
 * @param progress the steps that the student has reached
 * @param repairs the times to repair failed builds
 * @param figures counts and times
 * @param sessions the sessions, in order
 * @param cycles the cycles, in order
 * @param errors the errors by type, and measures of them
 * @param patterns the occurrences of each pattern, by its name
 * @param interventions when teachers were with the student, in order
 * @param answered the names of ongoing patterns that began before the last intervention and have not occurred again
 * since
 */
public record WorkSummary(
        Work work,
        History history,
        State state,
        Progress progress,
        Repairs repairs,
        Figures figures,
        List<Session> sessions,
        List<Cycle> cycles,
        WorkErrors errors,
        SortedMap<String, List<Finding>> patterns,
        List<Intervention> interventions,
        List<String> answered) {

    /** The same of a student who has opted out: with no state but that, and without patterns. */
    public WorkSummary optedOut() {
        return new WorkSummary(
                work,
                history,
                State.OPTED_OUT,
                progress,
                repairs,
                figures,
                sessions,
                cycles,
                errors,
                Collections.emptySortedMap(),
                interventions,
                List.of());
    }

    /**
     * The time from which on an ongoing pattern has lasted: the start of its first attempt in the current session, after
     * the last intervention. A program that still runs has lasted from its start.
     *
     * @return empty if the pattern has not occurred in the current session, or not since the intervention
     */
    public Optional<Instant> since(Finding finding) {
        if (sessions.isEmpty() || finding.to().isAfter(sessions.getLast().to())) {
            return Optional.of(finding.from());
        }
        return finding.starts().stream()
                .filter(start -> !start.isBefore(sessions.getLast().from()))
                .filter(start -> interventions.isEmpty()
                        || start.isAfter(interventions.getLast().at()))
                .findFirst();
    }

    /** The patterns that are new since an earlier summary of the same work, or that have ended since. */
    public List<PatternFound> newsSince(WorkSummary before) {
        Set<UUID> known = before.found().stream().map(PatternFound::eventId).collect(Collectors.toSet());
        return found().stream()
                .filter(pattern -> !known.contains(pattern.eventId()))
                .toList();
    }

    /**
     * Whether the summary contains the pattern in the same state. An ongoing pattern differs from one that has ended.
     */
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
                state.label(),
                finding.reason());
    }
}
