package io.procmon.classroom.workflow;

import io.procmon.classroom.course.HomeworkRequirements;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A student's progress in a homework. */
public enum State {
    /** No activity was seen. */
    NOT_STARTED,
    /** An attempt exists or runs, but none has succeeded. */
    WORKING,
    /** A program was built. */
    BUILT,
    /** A program ran and ended with status 0. */
    RAN,
    /** All requirements of the homework were met before the due date. Never reached without requirements. */
    REQUIREMENTS_MET,
    /** The due date has passed, and a requirement is not met. */
    LATE,
    /** The student has opted out by a mirror link. No other state is shown, and nothing new is recorded. */
    OPTED_OUT;

    /** The value in metrics and JSON, such as {@code requirements_met}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The progress that the history shows. */
    public static State of(PatternContext context) {
        Optional<HomeworkRequirements> required = context.required();
        List<Attempt> attempts = context.history().attempts();
        if (required.isPresent()) {
            if (Requirements.in(attempts, required.get()).areMet()) {
                return REQUIREMENTS_MET;
            }
            if (required.get().due().filter(context.now()::isAfter).isPresent()) {
                return LATE;
            }
        }
        return attempts.isEmpty() && context.running().isEmpty() ? NOT_STARTED : unchecked(attempts);
    }

    private static State unchecked(List<Attempt> attempts) {
        if (attempts.stream().anyMatch(State::isGoodRun)) {
            return RAN;
        }
        return attempts.stream().anyMatch(State::isProgram) ? BUILT : WORKING;
    }

    /** Whether a program was built. */
    static boolean isProgram(Attempt attempt) {
        return attempt.isGoodBuild() && attempt.files().program();
    }

    /** Whether a program ran and ended with status 0. */
    static boolean isGoodRun(Attempt attempt) {
        return attempt.isRun() && attempt.ending() == Ending.OK;
    }
}
