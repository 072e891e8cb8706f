package io.procmon.cli;

import io.procmon.config.Printable;
import io.procmon.events.Activity;
import io.procmon.events.Attributed;
import io.procmon.process.Student;
import io.procmon.process.WaitStatus;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Prints an activity as one line. Names with control characters or line breaks cannot break the line. */
final class ActivityLine {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

    private final ZoneId zone;

    ActivityLine(ZoneId zone) {
        this.zone = zone;
    }

    /** The line, such as {@code 14:03:21  os-1 202012180  hw1  GCC  main.c  ok  0.12 s}. */
    String of(Activity activity) {
        Attributed origin = activity.started().origin();
        Student student = origin.student();
        return "%s  %s %s  %-4s  %-11s  %s  %s  %.2f s"
                .formatted(
                        TIME.format(activity.end().at().utc().atZone(zone)),
                        student.classDiv(),
                        student.id(),
                        Printable.of(activity.started().homework()),
                        origin.type().label(),
                        Printable.of(activity.target().fileName()),
                        status(activity.end().status()),
                        seconds(activity.duration()));
    }

    private static String status(WaitStatus status) {
        if (status.isSuccess()) {
            return "ok";
        }
        return status.signal().isPresent()
                ? "signal %d%s".formatted(status.signal().getAsInt(), status.coreDumped() ? ", core dumped" : "")
                : "exit " + status.exitCode();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
