package io.procmon.classroom.progsnap2;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.Work;
import io.procmon.diagnostics.Diagnostic;
import java.util.List;

/**
 * The stored errors of runs, such as exceptions and the places of crashes. The column {@code
 * ProgramErrorOutput} of a run refers to its rows.
 */
final class ErrorOutput {

    /** The path in the data set. All runs are in one file, since a semester has a hundred thousand of them. */
    static final String FILE = "Resources/ProgramErrorOutput.csv";

    static final List<String> HEADER = List.of("EventID", "Severity", "Type", "Message", "CodeStateSection", "Line");

    private ErrorOutput() {}

    /** The rows of a run, in the order of the messages. */
    static List<List<String>> rows(Work work, Attempt attempt, Subjects subjects) {
        return attempt.diagnostics().list().stream()
                .map(diagnostic -> row(subjects.of(attempt.id()).toString(), diagnostic, work, subjects))
                .toList();
    }

    private static List<String> row(String id, Diagnostic diagnostic, Work work, Subjects subjects) {
        return List.of(
                id,
                diagnostic.severity().label(),
                diagnostic.type(),
                diagnostic.message().map(it -> subjects.in(it, work.student())).orElse(""),
                diagnostic.file().map(it -> subjects.in(it, work.student())).orElse(""),
                diagnostic.line().isPresent()
                        ? Integer.toString(diagnostic.line().getAsInt())
                        : "");
    }
}
