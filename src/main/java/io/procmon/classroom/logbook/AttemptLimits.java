package io.procmon.classroom.logbook;

import io.procmon.classroom.workflow.Attempt;
import io.procmon.classroom.workflow.BuildFiles;
import io.procmon.classroom.workflow.Descent;
import io.procmon.classroom.workflow.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The largest attempt that the logbook stores. A student chooses the names of files, and a path may have 4,096 bytes.
 * Limits are in bytes of UTF-8. A build of 31 files with usual names takes a third of them.
 */
final class AttemptLimits {

    private static final int TYPE = 64;
    private static final int TARGET = 512;

    /** The longest hostname, in bytes: sethostname(2). */
    private static final int NODE = 64;

    private static final int SOURCES = 2048;
    private static final int OUTPUTS = 512;
    private static final int WRAPPERS = 256;
    private static final int CHECKS = 512;

    /**
     * The number of diagnostics that are stored. A teacher does not need more of one build; the totals are stored too.
     */
    private static final int DIAGNOSTICS = 5;

    private static final int MESSAGE = 120;

    /** The bytes that the format adds to each text, for its length. */
    private static final int TEXT_HEADER = 4;

    private AttemptLimits() {}

    /** The attempt within the limits. A text that is too long loses its beginning, a list its last elements. */
    static Attempt clip(Attempt attempt) {
        return new Attempt(
                attempt.id(),
                attempt.kind(),
                clip(attempt.type(), TYPE),
                clip(attempt.target(), TARGET),
                attempt.execution(),
                clip(attempt.files()),
                clip(attempt.descent()),
                clip(attempt.origin()),
                attempt.test(),
                clip(attempt.failedChecks(), CHECKS),
                attempt.diagnostics().clipped(DIAGNOSTICS, MESSAGE));
    }

    private static BuildFiles clip(BuildFiles files) {
        return new BuildFiles(
                clip(files.sources(), SOURCES), files.sourceBytes(), clip(files.outputs(), OUTPUTS), files.program());
    }

    private static Descent clip(Descent descent) {
        return new Descent(descent.builtBy(), descent.buildCall(), clip(descent.wrappers(), WRAPPERS));
    }

    /** A program whose path is too long is dropped, because it can no longer be recognised. */
    private static Origin clip(Origin origin) {
        return new Origin(
                clip(origin.node(), NODE), origin.program().filter(program -> bytes(program.path()) <= TARGET));
    }

    private static List<String> clip(List<String> texts, int limit) {
        List<String> kept = new ArrayList<>();
        int left = limit;
        for (String text : texts) {
            String clipped = clip(text, limit - TEXT_HEADER);
            left -= bytes(clipped) + TEXT_HEADER;
            if (left < 0) {
                break;
            }
            kept.add(clipped);
        }
        return List.copyOf(kept);
    }

    /** Keeps the end of a text: the end of a path is the name. */
    private static String clip(String text, int limit) {
        if (bytes(text) <= limit) {
            return text;
        }
        int from = Math.max(0, text.length() - limit);
        while (bytes(text.substring(from)) > limit) {
            from++;
        }
        return text.substring(from);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
