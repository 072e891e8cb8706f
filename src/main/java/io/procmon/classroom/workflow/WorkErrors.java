package io.procmon.classroom.workflow;

import io.procmon.classroom.measures.Compilation;
import io.procmon.classroom.measures.CompilerError;
import io.procmon.classroom.measures.ErrorQuotient;
import io.procmon.classroom.measures.RepeatedErrorDensity;
import io.procmon.diagnostics.Diagnostic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The errors of a student's work on a homework, by type. Empty without stored diagnostics.
 *
 * @param now the types of the newest build or run that are not resolved, in its order
 * @param builds the builds, in order; none without stored diagnostics
 */
public record WorkErrors(List<Current> now, List<Attempt> builds) {

    /**
     * An error that is not resolved.
     *
     * @param type such as {@code expected ';'}
     * @param message the newest message of this type; empty at a level without messages
     * @param place its file and line, such as {@code main.c:12}; empty if it is unknown
     * @param since the start of the first of the attempts in a row that have it
     * @param attempts the number of those attempts
     */
    public record Current(String type, Optional<String> message, Optional<String> place, Instant since, int attempts) {}

    static WorkErrors of(History history) {
        boolean known =
                history.attempts().stream().anyMatch(it -> !it.diagnostics().isEmpty());
        return known ? new WorkErrors(current(history), history.builds()) : new WorkErrors(List.of(), List.of());
    }

    /** The {@link ErrorQuotient} of the builds. */
    public OptionalDouble errorQuotient() {
        return ErrorQuotient.of(compilations(builds));
    }

    /** The {@link RepeatedErrorDensity} of the builds; empty without builds. */
    public OptionalDouble repeatedErrorDensity() {
        return builds.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(RepeatedErrorDensity.of(compilations(builds)));
    }

    /** The builds as the input of published measures: type, message and place of the errors. */
    static List<Compilation> compilations(List<Attempt> builds) {
        return builds.stream().map(WorkErrors::compilation).toList();
    }

    private static Compilation compilation(Attempt build) {
        List<CompilerError> errors = build.isFailedBuild()
                ? build.diagnostics().onlyErrors().stream()
                        .map(it -> new CompilerError(
                                it.type(), it.message().orElse(""), place(it).orElse("")))
                        .toList()
                : List.of();
        return new Compilation(build.target(), Optional.of(build.endedAt()), build.isFailedBuild(), errors);
    }

    /**
     * The errors of the newest attempt that ended by itself. Their time goes back over earlier attempts of its kind
     * that have the same types.
     */
    private static List<Current> current(History history) {
        Optional<Attempt> newest = history.attempts().reversed().stream()
                .filter(it -> it.ending() != Ending.STOPPED)
                .findFirst();
        List<Current> current = new ArrayList<>();
        for (Diagnostic error : newest.map(it -> it.diagnostics().onlyErrors()).orElse(List.of())) {
            if (current.stream().noneMatch(it -> it.type().equals(error.type()))) {
                current.add(current(history, newest.get(), error));
            }
        }
        return List.copyOf(current);
    }

    private static Current current(History history, Attempt newest, Diagnostic error) {
        List<Attempt> before = newest.isBuild() ? history.builds() : history.runs();
        List<Streak> streaks = Streak.in(
                before,
                attempt -> attempt.errorTypes().contains(error.type()),
                attempt -> attempt.ending() != Ending.STOPPED);
        Streak last = streaks.getLast();
        return new Current(error.type(), error.message(), place(error), last.from(), last.length());
    }

    private static Optional<String> place(Diagnostic error) {
        String file = error.file().orElse("");
        return error.line().isPresent() ? Optional.of(file + ":" + error.line().getAsInt()) : error.file();
    }
}
