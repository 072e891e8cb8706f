package io.procmon.classroom.logbook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.classroom.progsnap2.LogGap;
import io.procmon.privacy.OwnerOnlyFiles;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Records the times in which procmon did not see all events: it did not run, or events were lost. Each line of the file
 * is a gap. The modification time of the file is the time at which procmon last watched; it survives if procmon is
 * killed. Thread-safe.
 */
final class GapLog {

    private static final String NAME = "gaps.csv";

    /** The limit of gaps. A gap takes about 80 bytes; beyond the limit, the oldest are dropped. */
    private static final int GAPS_MAX = 10_000;

    private static final int CELLS = 4;

    private final Optional<Path> file;
    private final List<LogGap> gaps = new ArrayList<>();
    private Optional<Instant> watchedUntil = Optional.empty();
    private Map<String, Long> lost = Map.of();
    private boolean watching;
    private boolean failing;

    /** @param directory the directory of the file; empty if the gaps are kept in memory only */
    GapLog(Optional<Path> directory) {
        file = directory.map(it -> it.resolve(NAME));
    }

    /** The gaps that are recorded in a directory; none if the file does not exist or cannot be read. */
    static List<LogGap> read(Path directory) {
        Path file = directory.resolve(NAME);
        try {
            return Files.exists(file) ? parse(Files.readAllLines(file, UTF_8)) : List.of();
        } catch (IOException e) {
            Log.warnf("%s cannot be read (%s): the data set does not say when events were lost", file, e.getMessage());
            return List.of();
        }
    }

    /** Begins to watch. The time since an earlier procmon last watched is a gap. */
    synchronized void watching(Instant now) {
        file.map(Path::getParent).ifPresent(directory -> gaps.addAll(read(directory)));
        watching = true;
        Optional<Instant> before = file.filter(Files::exists).flatMap(GapLog::timeOf);
        if (before.isPresent() && before.get().isBefore(now)) {
            add(new LogGap(before.get(), now, LogGap.DOWN, 0));
        }
        watchedUntil = Optional.of(now);
        stamp(now);
    }

    /**
     * Notes that procmon still watches.
     *
     * @param counted the number of lost events since the start, by cause
     */
    synchronized void look(Instant now, Map<String, Long> counted) {
        if (!watching) {
            return;
        }
        Instant since = watchedUntil.orElse(now);
        String causes = counted.keySet().stream()
                .filter(cause -> news(counted, cause) > 0)
                .sorted()
                .collect(Collectors.joining("+"));
        if (!causes.isEmpty()) {
            long news = counted.keySet().stream()
                    .mapToLong(cause -> news(counted, cause))
                    .sum();
            add(new LogGap(since, now, causes, news));
        }
        lost = Map.copyOf(counted);
        watchedUntil = Optional.of(now);
        stamp(now);
    }

    private long news(Map<String, Long> counted, String cause) {
        return counted.get(cause) - lost.getOrDefault(cause, 0L);
    }

    /** The gaps, in the order of their ends. */
    synchronized List<LogGap> gaps() {
        return List.copyOf(gaps);
    }

    private void add(LogGap gap) {
        gaps.add(gap);
        boolean tooMany = gaps.size() > GAPS_MAX;
        if (tooMany) {
            gaps.subList(0, gaps.size() - GAPS_MAX * 9 / 10).clear();
        }
        if (file.isPresent()) {
            write(file.get(), tooMany ? gaps : List.of(gap), tooMany);
        }
    }

    private void write(Path path, List<LogGap> written, boolean anew) {
        List<String> lines = written.stream().map(GapLog::line).toList();
        try {
            OwnerOnlyFiles.create(path);
            Files.write(path, lines, UTF_8, anew ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND);
            failing = false;
        } catch (IOException e) {
            fails(path, e);
        }
    }

    private void stamp(Instant now) {
        if (file.isEmpty()) {
            return;
        }
        try {
            OwnerOnlyFiles.create(file.get());
            Files.setLastModifiedTime(file.get(), FileTime.from(now));
            failing = false;
        } catch (IOException e) {
            fails(file.get(), e);
        }
    }

    private void fails(Path path, IOException trouble) {
        if (!failing) {
            Log.warnf(
                    "%s cannot be written (%s): an export may miss times in which events were lost",
                    path, trouble.getMessage());
        }
        failing = true;
    }

    private static Optional<Instant> timeOf(Path path) {
        try {
            return Optional.of(Files.getLastModifiedTime(path).toInstant());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String line(LogGap gap) {
        return "%s,%s,%s,%d".formatted(gap.from(), gap.to(), gap.cause(), gap.lost());
    }

    /** Parses lines. A line that is cut off or damaged is skipped. */
    private static List<LogGap> parse(List<String> lines) {
        List<LogGap> parsed = new ArrayList<>();
        for (String line : lines) {
            String[] cells = line.split(",", -1);
            try {
                if (cells.length == CELLS) {
                    parsed.add(new LogGap(
                            Instant.parse(cells[0]), Instant.parse(cells[1]), cells[2], Long.parseLong(cells[3])));
                }
            } catch (DateTimeException | NumberFormatException e) {
                Log.debugf("skipped a damaged line of the log of gaps: %s", line);
            }
        }
        return parsed;
    }
}
