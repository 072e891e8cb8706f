package io.procmon.classroom.course;

import java.util.Optional;

/**
 * A step on the way to a finished homework. It is reached by the first activity that meets its goal, and stays reached.
 * It is not a requirement.
 *
 * @param name the name for teachers, such as {@code first test}
 * @param goal the required action
 */
public record Milestone(String name, Goal goal) {

    /** An action that a student must do once. File names are relative to the homework directory. */
    public sealed interface Goal {}

    /** A source was compiled without an error, or was run as a script and ended with status 0. */
    public record Built(String source) implements Goal {}

    /** A build wrote this file. */
    public record Wrote(String output) implements Goal {}

    /** A program or a script ran and ended with this status. */
    public record Ran(String program, int exitStatus) implements Goal {}

    /** Creates a milestone from the goals that a file states; empty unless it is one goal. */
    static Optional<Milestone> of(
            String name,
            Optional<String> built,
            Optional<String> wrote,
            Optional<String> ran,
            Optional<Integer> exitStatus) {
        long goals =
                built.stream().count() + wrote.stream().count() + ran.stream().count();
        if (goals != 1 || (exitStatus.isPresent() && ran.isEmpty())) {
            return Optional.empty();
        }
        return built.<Goal>map(Built::new)
                .or(() -> wrote.map(Wrote::new))
                .or(() -> ran.map(program -> new Ran(program, exitStatus.orElse(0))))
                .map(goal -> new Milestone(name, goal));
    }
}
