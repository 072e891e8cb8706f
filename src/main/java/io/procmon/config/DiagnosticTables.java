package io.procmon.config;

import io.procmon.diagnostics.DiagnosticsReader;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The reader of diagnostics, with the tables that come with procmon. */
@ApplicationScoped
public class DiagnosticTables {

    /** The reader, without a container. */
    public static DiagnosticsReader load() {
        return new DiagnosticsReader(name -> ResourceTable.lines("diagnostics/" + name));
    }

    /** One reader for all: it keeps nothing. */
    @Produces
    @Singleton
    DiagnosticsReader reader() {
        return load();
    }
}
