package io.procmon.diagnostics;

import java.util.Locale;

/** How much of a tool's messages is kept; each level has all of the levels before it. */
public enum DiagnosticsLevel {
    /** Nothing. */
    OFF,
    /** Severity, type, code, line and column. */
    TYPES,
    /** Also the message and the file, which can quote names that the student chose. */
    MESSAGES,
    /** Also the beginning and the end of the text itself, which quotes source lines and holds a program's own output. */
    TEXT;

    /** As the configuration and a course file have it, such as {@code types}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The lower one of two levels: a course can lower what the operator allows, and not raise it. */
    public DiagnosticsLevel atMost(DiagnosticsLevel allowed) {
        return compareTo(allowed) <= 0 ? this : allowed;
    }
}
