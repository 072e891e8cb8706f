package io.procmon.stream;

import io.procmon.diagnostics.Crash;
import io.procmon.diagnostics.Places;
import io.procmon.events.Activity;
import io.procmon.events.CrashDump;
import io.procmon.events.ExecRecord;
import io.procmon.process.Student;
import io.procmon.procfs.ProcessRoot;
import io.procmon.symbols.CrashReader;
import io.procmon.symbols.ProgramFiles;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the functions and lines of crashes. Reading the files of a program takes milliseconds, and all other activities
 * wait for it. So each student has a burst of reads, and then one read a second. Beyond that limit, a crash is reported
 * with its signal only. Not thread-safe.
 */
final class Crashes {

    private static final int BURST = 20;

    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private static final int STUDENTS_MAX = 1024;

    private final ProcessRoot root = new ProcessRoot();

    /** The time at which a student's burst is full again. */
    private final Map<Student, Instant> fullAt = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Student, Instant> eldest) {
            return size() > STUDENTS_MAX;
        }
    };

    /** The crash of a run; empty for a build, and if no crash was captured. */
    Optional<Crash> of(Activity activity) {
        return activity instanceof Activity.Run
                ? activity.end().crash().map(dump -> read(activity, dump))
                : Optional.empty();
    }

    private Crash read(Activity activity, CrashDump dump) {
        Instant at = activity.end().at().utc();
        if (!mayRead(activity.started().origin().student(), at)) {
            return CrashReader.withoutFrames(dump);
        }
        ExecRecord exec = activity.started().origin().exec();
        Places places = Places.of(exec.call().cwd(), activity.started().homework(), activity.target());
        try (ProgramFiles files = root.programsOf(exec)) {
            return CrashReader.read(dump, files, places);
        }
    }

    private boolean mayRead(Student student, Instant at) {
        Instant full = fullAt.getOrDefault(student, at);
        Instant next = (full.isBefore(at) ? at : full).plus(INTERVAL);
        if (next.isAfter(at.plus(INTERVAL.multipliedBy(BURST)))) {
            return false;
        }
        fullAt.put(student, next);
        return true;
    }
}
