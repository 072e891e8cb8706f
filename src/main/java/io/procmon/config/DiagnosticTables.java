package io.procmon.config;

import io.procmon.diagnostics.DiagnosticsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Creates the reader of diagnostics from the tables in the artefact. */
@ApplicationScoped
public class DiagnosticTables {

    /** Creates the reader without a CDI container. */
    public static DiagnosticsReader load() {
        return new DiagnosticsReader(name -> ResourceTable.lines("diagnostics/" + name));
    }

    /** The reader, which has no state and is shared. */
    @Produces
    @Singleton
    DiagnosticsReader reader() {
        return load();
    }
}
