package io.procmon.config;

import io.procmon.diagnostics.DiagnosticsReader;

/** Creates the reader of diagnostics from the tables in the artefact, when it is used for the first time. */
public final class DiagnosticTables {

    private DiagnosticTables() {}

    /** The JVM initialises this class at the first call, so a procmon that captures no texts does not read the tables. */
    private static final class Loaded {
        private static final DiagnosticsReader READER =
                new DiagnosticsReader(name -> ResourceTable.lines("diagnostics/" + name));
    }

    /** The reader, which has no state and is shared. For any thread. */
    public static DiagnosticsReader reader() {
        return Loaded.READER;
    }
}
