package io.procmon.diagnostics;

import java.util.Locale;

/** The severity of a diagnostic. Notes and remarks belong to the diagnostic before them and are not counted. */
public enum Severity {
    /** The tool or the program failed because of it. */
    ERROR,
    /** The tool or the program continued. */
    WARNING;

    /** The name in JSON and metrics, such as {@code error}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
