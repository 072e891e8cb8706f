package io.procmon.classroom.workflow;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Counts and times of a student's work on a homework.
 *
 * @param builds number of builds; all compiles of one call of a build tool are one build
 * @param failedBuilds number of failed builds
 * @param runs number of runs
 * @param failedRuns number of runs that exited with a status other than 0
 * @param crashes number of crashed runs, by signal, such as {@code SIGSEGV}
 * @param stopped number of runs that a signal from outside ended: a time limit, Ctrl-C
 * @param timeouts number of stopped runs that a time limit ended
 * @param first start of the first attempt
 * @param last end of the last attempt
 * @param active total time of the sessions
 * @param failureStreak number of failed builds in a row, up to now
 * @param worstFailureStreak the largest number of failed builds in a row
 * @param medianRepair median time from the first failed build to the next successful one
 * @param longestRepair the longest such time
 * @param medianBuildToRun median time from a successful build to the first run of its program
 * @param runsWithoutRebuild number of runs that follow a run without a build between them
 * @param failurePairRatio ratio of consecutive builds in a session that both failed to all pairs of consecutive builds.
 *     It is the part of Jadud's Error Quotient (Methods and tools for exploring novice compilation behaviour, ICER
 *     2006) that needs no compiler messages; it is not the Error Quotient
 * @param tools tools other than compilers that were used: {@code gdb}, {@code valgrind}, {@code tests}
 * @param longestRunning the running program that started first
 */
public record Figures(
        int builds,
        int failedBuilds,
        int runs,
        int failedRuns,
        SortedMap<String, Integer> crashes,
        int stopped,
        int timeouts,
        Optional<Instant> first,
        Optional<Instant> last,
        Duration active,
        int failureStreak,
        int worstFailureStreak,
        Optional<Duration> medianRepair,
        Optional<Duration> longestRepair,
        Optional<Duration> medianBuildToRun,
        int runsWithoutRebuild,
        OptionalDouble failurePairRatio,
        SortedSet<String> tools,
        Optional<RunningProgram> longestRunning) {

    /** The wrappers that examine a program. Other wrappers, such as env and timeout, only start it. */
    private static final Set<String> EXAMINERS =
            Set.of("gdb", "gdbserver", "lldb", "lldb-server", "ltrace", "perf", "rr", "strace", "uftrace", "valgrind");

    /** The name for any tool that runs tests. */
    public static final String TESTS = "tests";

    /**
     * Computes the figures of a history.
     *
     * @param sessions the sessions of the history
     * @param cycles the cycles of the history
     * @param running the programs that run now
     */
    static Figures of(History history, List<Session> sessions, List<Cycle> cycles, Collection<RunningProgram> running) {
        List<Attempt> builds = history.builds();
        List<Attempt> runs = history.runs();
        List<Duration> repairs = cycles.stream()
                .map(Cycle::repair)
                .flatMap(Optional::stream)
                .sorted()
                .toList();
        List<Streak> failures = Streak.in(builds, Attempt::isFailedBuild, Attempt::isGoodBuild);
        return new Figures(
                builds.size(),
                count(builds, Attempt::isFailedBuild),
                runs.size(),
                count(runs, run -> run.ending() == Ending.FAILED),
                crashes(runs),
                count(runs, run -> run.ending() == Ending.STOPPED),
                count(runs, Attempt::isTimeout),
                history.first(),
                history.last(),
                sessions.stream().map(Session::duration).reduce(Duration.ZERO, Duration::plus),
                failures.isEmpty() || !failures.getLast().ongoing()
                        ? 0
                        : failures.getLast().length(),
                failures.stream().mapToInt(Streak::length).max().orElse(0),
                median(repairs),
                repairs.isEmpty() ? Optional.empty() : Optional.of(repairs.getLast()),
                median(cycles.stream()
                        .map(Cycle::buildToRun)
                        .flatMap(Optional::stream)
                        .sorted()
                        .toList()),
                cycles.stream()
                        .mapToInt(cycle -> Math.max(0, cycle.runs().size() - 1))
                        .sum(),
                failurePairRatio(builds, sessions),
                tools(history),
                running.stream()
                        .min(Comparator.comparing(RunningProgram::startedAt).thenComparing(RunningProgram::target)));
    }

    private static SortedMap<String, Integer> crashes(List<Attempt> runs) {
        SortedMap<String, Integer> crashes = new TreeMap<>();
        runs.stream()
                .filter(run -> run.ending() == Ending.CRASHED)
                .forEach(run -> crashes.merge(run.signal().orElseThrow(), 1, Integer::sum));
        return crashes;
    }

    private static OptionalDouble failurePairRatio(List<Attempt> builds, List<Session> sessions) {
        int pairs = 0;
        int failures = 0;
        for (Session session : sessions) {
            List<Attempt> within = builds.stream().filter(session::has).toList();
            for (int i = 1; i < within.size(); i++) {
                pairs++;
                failures += within.get(i - 1).isFailedBuild() && within.get(i).isFailedBuild() ? 1 : 0;
            }
        }
        return pairs == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) failures / pairs);
    }

    private static SortedSet<String> tools(History history) {
        SortedSet<String> tools = new TreeSet<>();
        for (Attempt attempt : history.attempts()) {
            tools.addAll(attempt.descent().wrappers().stream()
                    .filter(EXAMINERS::contains)
                    .toList());
            if (attempt.test()) {
                tools.add(TESTS);
            }
        }
        return tools;
    }

    private static int count(List<Attempt> attempts, Predicate<Attempt> which) {
        return Math.toIntExact(attempts.stream().filter(which).count());
    }

    private static Optional<Duration> median(List<Duration> sorted) {
        return sorted.isEmpty() ? Optional.empty() : Optional.of(sorted.get((sorted.size() - 1) / 2));
    }
}
