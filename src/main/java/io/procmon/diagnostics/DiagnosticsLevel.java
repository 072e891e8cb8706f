package io.procmon.diagnostics;

import java.util.Locale;

/** The amount of a tool's messages that is kept. Each level includes the levels before it. */
public enum DiagnosticsLevel {
    /** Nothing. */
    OFF,
    /** Severity, type, code, line and column. */
    TYPES,
    /** Also the message and the file, which can quote names that the student chose. */
    MESSAGES,
    /**
     * Also the beginning and the end of the text itself. It quotes source lines and contains the program's own output.
     */
    TEXT;

    /** The name in the configuration and in a course file, such as {@code types}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The lower one of two levels. A course can lower the operator's level, but not raise it. */
    public DiagnosticsLevel atMost(DiagnosticsLevel allowed) {
        return compareTo(allowed) <= 0 ? this : allowed;
    }
}
