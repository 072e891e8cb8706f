package io.procmon.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.config.DiagnosticTables;
import io.procmon.process.ContainerPath;

/** Reads texts as the watcher does. */
final class Texts {

    static final Places HW1 =
            new Places(ContainerPath.of("/home/coder/project/hw1"), ContainerPath.of("/home/coder/project/hw1"));

    private static final DiagnosticsReader READER = DiagnosticTables.reader();

    private Texts() {}

    /** A diagnostic without its message: {@code ERROR main.c:1:24 wrong type}; 0 for what is unknown. */
    static String row(Diagnostic diagnostic) {
        return "%s %s:%d:%d %s"
                .formatted(
                        diagnostic.severity(),
                        diagnostic.file().orElse(""),
                        diagnostic.line().orElse(0),
                        diagnostic.column().orElse(0),
                        diagnostic.type());
    }

    static Diagnostics build(String language, String text) {
        return read("build", language, text);
    }

    static Diagnostics run(String language, String text) {
        return read("run", language, text);
    }

    static Diagnostics read(String kind, String language, String text) {
        return read(kind, language, text.getBytes(UTF_8));
    }

    static Diagnostics read(String kind, String language, byte[] text) {
        return READER.read(kind, language, text, new byte[0], false, HW1);
    }

    static Diagnostics read(String kind, String language, byte[] head, byte[] tail) {
        return READER.read(kind, language, head, tail, true, HW1);
    }
}
