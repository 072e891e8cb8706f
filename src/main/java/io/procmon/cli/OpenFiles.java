package io.procmon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limit of open files. If the limit is too low, the service cannot load its classes and fails with misleading
 * errors.
 */
public final class OpenFiles {

    /** Enough for the service's libraries, the kernel's maps, its files and some connections. */
    private static final int MIN = 256;

    /** A line of proc_pid_limits(5): the soft limit, then the hard limit. */
    private static final Pattern LIMIT = Pattern.compile("^Max open files +(\\d+)", Pattern.MULTILINE);

    private OpenFiles() {}

    /** The problem with this process' limit, and how to correct it; empty if the limit is high enough or unknown. */
    public static Optional<String> problem() {
        try {
            return problem(Files.readString(Path.of("/proc/self/limits")));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    static Optional<String> problem(String limits) {
        Matcher limit = LIMIT.matcher(limits);
        return limit.find() && limit.group(1).length() <= 9 && Integer.parseInt(limit.group(1)) < MIN
                ? Optional.of(("this process may open %s files, but needs %d: raise the limit with ulimit -n,"
                                + " or with LimitNOFILE= of the unit")
                        .formatted(limit.group(1), MIN))
                : Optional.empty();
    }
}
