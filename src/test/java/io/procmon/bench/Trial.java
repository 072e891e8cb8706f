package io.procmon.bench;

import io.procmon.bench.Sightings.Sighting;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.ToLongFunction;

/** One round of one tracer: it is started, runs under each kind of load, and is ended. */
final class Trial {

    private static final int LOAD_CPU = 0;
    private static final int TRACER_CPU = 1;
    private static final int PACE = 1_000;
    private static final int LATENCY_PACE = 100;
    private static final int STARTING_PACE = 200;
    private static final double PER = 10_000;
    private static final int BUSY_MILLIS = 500;
    private static final String FOREIGN = "nobody-";

    private final Workbench workbench;
    private final Scale scale;
    private final String students;
    private final String tag;
    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    private long next;

    /**
     * @param students the prefix of the hostnames that are watched
     * @param tag the text before the number of an exec
     */
    Trial(Workbench workbench, Scale scale, String students, String tag) {
        this.workbench = workbench;
        this.scale = scale;
        this.students = students;
        this.tag = tag;
    }

    /** The same load without a tracer. */
    Map<Figure, Double> alone() throws IOException {
        load(scale.flatOut() / 10, 0).run(workbench);
        speed(load(scale.flatOut(), 0).run(workbench));
        figures.put(
                Figure.PINNED_PER_SECOND,
                pinned(load(scale.flatOut() / 2, 0)).run(workbench).perSecond());
        return figures;
    }

    /**
     * All figures of a tracer.
     *
     * @param alone the figures of the load directly before
     * @throws TracerEnded if it does not run here
     */
    Map<Figure, Double> of(Tracer tracer, Map<Figure, Double> alone) throws IOException {
        try (Running running = start(tracer)) {
            running.settle(load(scale.warmUp(), 0), workbench);
            flatOut(running);
            foreign(running);
            pinned(running);
            paced(running);
            latency(running);
            backlog(running);
            figures.put(
                    Figure.RESIDENT,
                    ProcessTimes.residentBytes(running.process().pid()) / 1e6);
        }
        relate(Figure.LOAD_SPEED, Figure.LOAD_PER_SECOND, alone);
        relate(Figure.PINNED_SPEED, Figure.PINNED_PER_SECOND, alone);
        return figures;
    }

    private Running start(Tracer tracer) throws IOException {
        Load load = load(30 * STARTING_PACE, STARTING_PACE);
        Process beside = load.begin(workbench);
        long begin = System.nanoTime(); // CLOCK_MONOTONIC, as the observer's
        Running running = tracer.start();
        try {
            running.awaitFirst();
            long first =
                    running.sightings().map(all -> all.of(load).getFirst().at()).orElseGet(System::nanoTime);
            figures.put(Figure.START, (first - begin) / 1e9);
            return running;
        } catch (IOException | RuntimeException e) {
            running.close();
            throw e;
        } finally {
            Observed.end(beside);
        }
    }

    private void flatOut(Running running) throws IOException {
        long pid = running.process().pid();
        Load load = load(scale.flatOut(), 0);
        KernelTime kernelBefore = KernelTime.of(pid);
        ProcessTimes before = ProcessTimes.of(pid);
        long seenBefore = running.seen();
        Load.Done done = running.settle(load, workbench);
        ProcessTimes used = ProcessTimes.of(pid).since(before);
        long seen = running.seen() - seenBefore;
        KernelTime kernel = KernelTime.of(pid).since(kernelBefore);

        speed(done);
        figures.put(Figure.KERNEL_STUDENT, kernel.perProcess(load.count()) / 1e3);
        figures.put(Figure.KERNEL_STUDENT_EXIT, kernel.perExit(load.count()) / 1e3);
        perEvent(Figure.USER_FLAT_OUT, used.userMillis(), seen);
        perEvent(Figure.SYSTEM_FLAT_OUT, used.systemMillis(), seen);
        figures.put(Figure.LOST, 100.0 * (load.count() - seen) / load.count());
        running.sightings().ifPresent(sightings -> {
            Sequence sequence = Sequence.of(load, sightings.of(load));
            figures.put(Figure.LOST, 100.0 * sequence.lost() / load.count());
            figures.put(Figure.REPEATED, (double) sequence.repeated());
            figures.put(Figure.REORDERED, (double) sequence.reordered());
        });
    }

    private void foreign(Running running) throws IOException {
        KernelTime before = KernelTime.of(running.process().pid());
        new Load(FOREIGN, Load.STUDENTS, "foreign", 0, scale.flatOut() / 2, 0, OptionalInt.empty()).run(workbench);
        KernelTime kernel = KernelTime.of(running.process().pid()).since(before);
        figures.put(Figure.KERNEL_FOREIGN, kernel.perRunOfEach() / 1e3);
        Patience.awaitQuiet(Long.MAX_VALUE, running::seen); // tools that watch all processes must first process those
    }

    private void pinned(Running running) throws IOException {
        moveTo(running, Integer.toString(TRACER_CPU));
        Load.Done done = running.settle(pinned(load(scale.flatOut() / 2, 0)), workbench);
        figures.put(Figure.PINNED_PER_SECOND, done.perSecond());
        moveTo(running, "0-" + (Runtime.getRuntime().availableProcessors() - 1));
    }

    private void paced(Running running) throws IOException {
        ProcessTimes before = ProcessTimes.of(running.process().pid());
        long seenBefore = running.seen();
        running.settle(load(PACE * scale.pacedSeconds(), PACE), workbench);
        ProcessTimes used = ProcessTimes.of(running.process().pid()).since(before);
        long seen = running.seen() - seenBefore;
        perEvent(Figure.USER_PACED, used.userMillis(), seen);
        perEvent(Figure.SYSTEM_PACED, used.systemMillis(), seen);
    }

    private void latency(Running running) throws IOException {
        if (running.sightings().isEmpty()) {
            return;
        }
        Load load = load(LATENCY_PACE * scale.latencySeconds(), LATENCY_PACE);
        Load.Done done = running.settle(load, workbench);
        List<Sighting> sightings = running.sightings().get().of(load);
        double[] fromExec = millis(sightings, seen -> seen.at() - done.before(seen.number()));
        figures.put(Figure.VISIBLE_P50, Spread.quantile(fromExec, 0.5));
        figures.put(Figure.VISIBLE_P99, Spread.quantile(fromExec, 0.99));
        if (running.isBackend()) {
            double[] fromEnd = millis(sightings, seen -> seen.at() - done.after(seen.number()));
            figures.put(Figure.ACCEPTED, Spread.quantile(fromEnd, 0.5));
        }
    }

    /** Suspends the receiver and resumes it. Then the backlog arrives as fast as it can be sent. */
    private void backlog(Running running) throws IOException {
        if (!running.isBackend()) {
            return;
        }
        long receiver = running.observer().orElseThrow().pid();
        Load load = load(scale.backlog(), 0);
        long before = running.seen();
        signal("STOP", receiver);
        load.run(workbench);
        awaitIdle(running.process().pid());
        signal("CONT", receiver);
        Patience.awaitQuiet(before + load.count(), running::seen);
        List<Sighting> sightings = running.sightings().orElseThrow().of(load);
        long nanos = sightings.getLast().at() - sightings.getFirst().at();
        figures.put(Figure.POSTS_PER_SECOND, (sightings.size() - 1) * 1e9 / nanos);
    }

    /** Waits until the process uses no CPU time, so that all events have been spooled. */
    private static void awaitIdle(long pid) throws IOException {
        Patience.awaitQuiet(Long.MAX_VALUE, () -> ProcessTimes.of(pid).userMillis() / BUSY_MILLIS);
    }

    private void speed(Load.Done done) {
        figures.put(Figure.LOAD_PER_SECOND, done.perSecond());
        figures.put(Figure.LOAD_CPU, done.cpuNanos() / 1e3 / done.load().count());
    }

    private void perEvent(Figure figure, long millis, long events) {
        if (events > 0) {
            figures.put(figure, millis * PER / events);
        }
    }

    private void relate(Figure ratio, Figure figure, Map<Figure, Double> alone) {
        figures.put(ratio, figures.get(figure) / alone.get(figure));
    }

    private Load load(int count, int perSecond) {
        Load load = new Load(students, Load.STUDENTS, tag, next, count, perSecond, OptionalInt.empty());
        next = load.end();
        return load;
    }

    private static Load pinned(Load load) {
        return new Load(
                load.students(),
                load.size(),
                load.tag(),
                load.first(),
                load.count(),
                load.perSecond(),
                OptionalInt.of(LOAD_CPU));
    }

    private static void moveTo(Running running, String cpus) throws IOException {
        Workbench.outputOf(List.of(
                "taskset",
                "-a",
                "-p",
                "-c",
                cpus,
                Long.toString(running.process().pid())));
        if (running.observer().isPresent()) {
            String observer = Long.toString(running.observer().get().pid());
            Workbench.outputOf(List.of("taskset", "-p", "-c", cpus, observer));
        }
    }

    private static void signal(String name, long pid) throws IOException {
        Workbench.outputOf(List.of("kill", "-" + name, Long.toString(pid)));
    }

    private static double[] millis(List<Sighting> sightings, ToLongFunction<Sighting> nanos) {
        return sightings.stream()
                .mapToDouble(seen -> nanos.applyAsLong(seen) / 1e6)
                .sorted()
                .toArray();
    }
}
