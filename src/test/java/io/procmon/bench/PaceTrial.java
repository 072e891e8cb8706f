package io.procmon.bench;

import io.procmon.ThreadTimes;
import io.procmon.bench.Sightings.Sighting;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** One round at the load of a lab node: without students, and with a class. It also gives a table of the threads. */
final class PaceTrial {

    private static final int CLASS_SIZE = 30;
    private static final int PER_SECOND = 2;
    private static final int ANSWER_MILLIS = 5;

    /** The time after which procmon has finished its start. */
    private static final int SETTLE_SECONDS = 20;

    private final ProcmonTracer procmon;
    private final Scale scale;
    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    private String threads = "";

    PaceTrial(ProcmonTracer procmon, Scale scale) {
        this.procmon = procmon;
        this.scale = scale;
    }

    /** The cost of a second without students. */
    Map<Figure, Double> atRest() throws IOException {
        try (BenchReceiver.Http receiver = receiver();
                Metered running = start(receiver)) {
            Patience.await("the metrics", () -> running.count("") > 0);
            long pid = running.process().pid();
            pause(SETTLE_SECONDS);
            ThreadTimes before = ThreadTimes.of(pid);
            pause(scale.restSeconds());
            Map<String, ThreadTimes.Used> used = ThreadTimes.of(pid).since(before);
            double seconds = scale.restSeconds();
            figures.put(Figure.CPU_AT_REST, cpuMillis(used) / seconds);
            figures.put(Figure.WAKE_UPS_AT_REST, wakeUps(used) / seconds);
            figures.put(Figure.RESIDENT_AT_REST, ProcessTimes.residentBytes(pid) / 1e6);
            memory(pid);
            threads = table(used, seconds, "CPU ms/s", "wake-ups/s");
        }
        return figures;
    }

    /** The cost of an activity with 30 students, who have two activities a second together. */
    Map<Figure, Double> inClass() throws IOException {
        try (BenchReceiver.Http receiver = receiver();
                Metered running = start(receiver)) {
            Sightings sightings = Observer.sightings(procmon.workbench().program("sightings"));
            long pid = running.process().pid();
            Load warmUp = load(0, SETTLE_SECONDS * PER_SECOND);
            warmUp.run(procmon.workbench());
            ThreadTimes before = ThreadTimes.of(pid);
            long writtenBefore = ProcessTimes.writtenBytes(pid);
            Load load = load(warmUp.end(), scale.classSeconds() * PER_SECOND);
            Load.Done done = load.run(procmon.workbench());
            Patience.await("the last activity", () -> sightings.of(load).size() >= load.count());
            Map<String, ThreadTimes.Used> used = ThreadTimes.of(pid).since(before);
            figures.put(Figure.CPU_IN_CLASS, cpuMillis(used) / load.count());
            figures.put(Figure.WAKE_UPS_IN_CLASS, wakeUps(used) / load.count());
            figures.put(
                    Figure.WRITTEN_IN_CLASS, (double) (ProcessTimes.writtenBytes(pid) - writtenBefore) / load.count());
            double[] delays = sightings.of(load).stream()
                    .mapToDouble((Sighting seen) -> (seen.at() - done.after(seen.number())) / 1e6 + ANSWER_MILLIS)
                    .sorted()
                    .toArray();
            figures.put(Figure.ACCEPTED_IN_CLASS, Spread.quantile(delays, 0.5));
            figures.put(Figure.ACCEPTED_IN_CLASS_P99, Spread.quantile(delays, 0.99));
            figures.put(Figure.RESIDENT, ProcessTimes.residentBytes(pid) / 1e6);
            memory(pid);
            threads = table(used, load.count(), "CPU ms", "wake-ups");
        }
        return figures;
    }

    /** The CPU time of each thread in the last trial. */
    String threads() {
        return threads;
    }

    private BenchReceiver.Http receiver() throws IOException {
        Observer.forget(procmon.workbench().program("sightings"));
        return BenchReceiver.http(procmon.workbench(), procmon.tag(), ANSWER_MILLIS);
    }

    private Metered start(BenchReceiver.Http receiver) throws IOException {
        int metrics = ProcmonTracer.freePort();
        Map<String, String> environment = new HashMap<>(receiver.environment());
        environment.putAll(procmon.spool());
        var log = procmon.workbench().program("procmon.log");
        return new Metered(procmon.launch(metrics, log, environment), metrics, Metered.DELIVERED, log);
    }

    private Load load(long first, int count) {
        return new Load(procmon.students(), CLASS_SIZE, procmon.tag(), first, count, PER_SECOND, OptionalInt.empty());
    }

    private void memory(long pid) throws IOException {
        figures.put(Figure.SHARE, ProcessTimes.mappedBytes(pid, "Pss:") / 1e6);
        figures.put(Figure.ANONYMOUS, ProcessTimes.mappedBytes(pid, "Anonymous:") / 1e6);
    }

    private static double cpuMillis(Map<String, ThreadTimes.Used> used) {
        return used.values().stream().mapToLong(ThreadTimes.Used::cpuNanos).sum() / 1e6;
    }

    private static double wakeUps(Map<String, ThreadTimes.Used> used) {
        return used.values().stream().mapToLong(ThreadTimes.Used::wakeUps).sum();
    }

    private static String table(Map<String, ThreadTimes.Used> used, double units, String cpu, String wakeUps) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("thread", cpu, wakeUps));
        used.values().stream()
                .filter(thread -> thread.cpuNanos() > 0 || thread.wakeUps() > 0)
                .sorted(Comparator.comparingLong(ThreadTimes.Used::cpuNanos).reversed())
                .forEach(thread -> rows.add(List.of(
                        thread.name(),
                        "%.3f".formatted(thread.cpuNanos() / 1e6 / units),
                        "%.2f".formatted(thread.wakeUps() / units))));
        return Table.of(rows);
    }

    private static void pause(int seconds) throws IOException {
        try {
            Thread.sleep(seconds * 1000L);
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
