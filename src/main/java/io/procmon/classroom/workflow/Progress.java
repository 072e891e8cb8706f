package io.procmon.classroom.workflow;

import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.classroom.course.Milestone;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The steps of a homework that a student has reached.
 *
 * @param reached each step of the homework, in order, and whether it is reached
 */
public record Progress(Map<Step, Boolean> reached) {

    /** The steps of a homework with requirements, in order. */
    public static List<Step> steps(HomeworkRequirements required) {
        PatternContext nothing =
                new PatternContext(new History(List.of()), List.of(), Optional.of(required), Instant.EPOCH);
        return List.copyOf(of(nothing).reached().keySet());
    }

    /** The progress that the history shows. */
    static Progress of(PatternContext context) {
        List<Attempt> attempts = context.history().attempts();
        Map<Step, Boolean> reached = new LinkedHashMap<>();
        reached.put(
                Step.of(Step.Kind.WORKING),
                !attempts.isEmpty() || !context.running().isEmpty());
        firstTimes(attempts, context.required()).forEach((step, at) -> reached.put(step, at.isPresent()));
        context.required().ifPresent(required -> {
            Requirements requirements = Requirements.in(attempts, required);
            requirements.each().forEach((name, met) -> reached.put(new Step(Step.Kind.REQUIREMENT, name), met));
            reached.put(Step.of(Step.Kind.DONE), requirements.areMet());
        });
        return new Progress(reached);
    }

    /**
     * The steps that are reached once and for all: a program, a run and the milestones. Each has the end of the first
     * attempt that reached it.
     */
    static Map<Step, Optional<Instant>> firstTimes(List<Attempt> attempts, Optional<HomeworkRequirements> required) {
        Map<Step, Optional<Instant>> times = new LinkedHashMap<>();
        times.put(Step.of(Step.Kind.BUILT), first(attempts, State::isProgram));
        times.put(Step.of(Step.Kind.RAN), first(attempts, State::isGoodRun));
        required.ifPresent(it -> it.milestones()
                .forEach(milestone -> times.put(
                        new Step(Step.Kind.MILESTONE, milestone.name()),
                        first(attempts, attempt -> reaches(attempt, milestone.goal())))));
        return times;
    }

    private static Optional<Instant> first(List<Attempt> attempts, Predicate<Attempt> which) {
        return attempts.stream().filter(which).findFirst().map(Attempt::endedAt);
    }

    private static boolean reaches(Attempt attempt, Milestone.Goal goal) {
        return switch (goal) {
            case Milestone.Built(String source) -> attempt.ending() == Ending.OK && attempt.isFrom(source);
            case Milestone.Wrote(String output) ->
                attempt.isGoodBuild() && attempt.files().outputs().contains(output);
            case Milestone.Ran(String program, int exitStatus) ->
                attempt.isRun()
                        && attempt.target().equals(program)
                        && attempt.status().signal().isEmpty()
                        && attempt.status().exitCode() == exitStatus;
        };
    }
}
