package io.procmon.diagnostics;

import java.util.Locale;

/** How bad a diagnostic is. Notes and remarks belong to the diagnostic before them, and are none. */
public enum Severity {
    /** The tool or the program gave up because of it. */
    ERROR,
    /** It went on. */
    WARNING;

    /** As JSON and metrics have it, such as {@code error}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
