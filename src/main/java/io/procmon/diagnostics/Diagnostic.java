package io.procmon.diagnostics;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * One error or warning of a compiler, a linker, an interpreter or a program.
 *
 * @param severity error or warning
 * @param type a text that is equal for equal mistakes, such as {@code expected ';'} or {@code E0308}
 * @param code the code of the tool, such as {@code E0308} or {@code -Wunused-variable}
 * @param message the message as the tool printed it, in one line; empty at a level without messages
 * @param file the path relative to the homework directory; empty for a file outside of it, and at a level without files
 * @param line the line, from 1
 * @param column the column, from 1, as the tool counts
 * @param tool the recipe that read it, such as {@code cc} or {@code ld}
 */
public record Diagnostic(
        Severity severity,
        String type,
        Optional<String> code,
        Optional<String> message,
        Optional<String> file,
        OptionalInt line,
        OptionalInt column,
        String tool) {

    /** Whether it is an error. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    Diagnostic renamed(UnaryOperator<String> names) {
        return new Diagnostic(
                severity, names.apply(type), code, message.map(names), file.map(names), line, column, tool);
    }

    Diagnostic withoutTexts() {
        return new Diagnostic(severity, type, code, Optional.empty(), Optional.empty(), line, column, tool);
    }
}
