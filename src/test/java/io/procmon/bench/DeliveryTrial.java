package io.procmon.bench;

import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * One round of one way to deliver: the cost of an event at a constant rate, and the speed at which a backlog is sent.
 */
final class DeliveryTrial {

    private static final int PACE = 1_000;
    private static final int BACKLOG_PACE = 4_000;
    private static final double PER = 10_000;

    private final ProcmonTracer procmon;
    private final Scale scale;
    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    private long next;

    DeliveryTrial(ProcmonTracer procmon, Scale scale) {
        this.procmon = procmon;
        this.scale = scale;
    }

    /**
     * All figures of a way to deliver.
     *
     * @throws TracerEnded if it does not run here
     */
    Map<Figure, Double> of(Delivery delivery) throws IOException {
        try (BenchReceiver receiver = delivery.receiver(procmon.workbench(), procmon.tag());
                Metered running = delivery.start(procmon, receiver)) {
            begin(running);
            running.settle(load(scale.warmUp() / 2, 0), procmon.workbench());
            paced(running, receiver);
            backlog(running, receiver);
            figures.put(
                    Figure.RESIDENT,
                    ProcessTimes.residentBytes(running.process().pid()) / 1e6);
        }
        return figures;
    }

    private void begin(Metered running) throws IOException {
        Process load = load(60 * PACE, PACE).begin(procmon.workbench());
        try {
            running.awaitFirst();
        } finally {
            Observed.end(load);
        }
        Patience.awaitQuiet(Long.MAX_VALUE, running::seen);
    }

    private void paced(Metered running, BenchReceiver receiver) throws IOException {
        long pid = running.process().pid();
        ProcessTimes before = ProcessTimes.of(pid);
        long writtenBefore = ProcessTimes.writtenBytes(pid);
        long keptBefore = receiver.kept().orElse(0);
        long seenBefore = running.seen();
        running.settle(load(PACE * scale.pacedSeconds(), PACE), procmon.workbench());
        ProcessTimes used = ProcessTimes.of(pid).since(before);
        long seen = running.seen() - seenBefore;
        if (seen == 0) {
            throw new TracerEnded("nothing is delivered; " + running.lastWords());
        }
        figures.put(Figure.USER_PACED, used.userMillis() * PER / seen);
        figures.put(Figure.SYSTEM_PACED, used.systemMillis() * PER / seen);
        figures.put(Figure.WRITTEN, (double) (ProcessTimes.writtenBytes(pid) - writtenBefore) / seen);
        receiver.kept().ifPresent(kept -> figures.put(Figure.RECORD, (double) (kept - keptBefore) / seen));
    }

    /** Suspends the receiver and resumes it. Then the backlog arrives as fast as it can be sent. */
    private void backlog(Metered running, BenchReceiver receiver) throws IOException {
        long eventsBefore = running.count(Metered.SEEN);
        Workbench.outputOf(List.of("kill", "-STOP", Long.toString(receiver.pid())));
        load(scale.flatOut(), BACKLOG_PACE).run(procmon.workbench());
        Patience.awaitQuiet(eventsBefore + scale.flatOut(), () -> running.count(Metered.SEEN));
        long deliveredBefore = running.seen();
        long backlog = running.count(Metered.SEEN) - eventsBefore;
        long begin = System.nanoTime();
        Workbench.outputOf(List.of("kill", "-CONT", Long.toString(receiver.pid())));
        Patience.await("the backlog's end", () -> running.seen() - deliveredBefore >= backlog);
        figures.put(Figure.EVENTS_PER_SECOND, backlog * 1e9 / (System.nanoTime() - begin));
    }

    private Load load(int count, int perSecond) {
        Load load =
                new Load(procmon.students(), Load.STUDENTS, procmon.tag(), next, count, perSecond, OptionalInt.empty());
        next = load.end();
        return load;
    }
}
