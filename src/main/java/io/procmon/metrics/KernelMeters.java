package io.procmon.metrics;

import io.procmon.bpf.CaptureCounters;
import io.procmon.bpf.Hook;
import io.procmon.bpf.KernelCounters;
import io.procmon.bpf.Loss;
import io.procmon.bpf.Occupancy;
import io.procmon.bpf.ProgramStatistics;
import io.procmon.source.RecordSource;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The meters of the kernel side: records, losses, capacities, and the cost of the BPF programs. */
final class KernelMeters {

    private static final double NANOS = 1e9;

    private final Meters meters;
    private final RecordSource source;

    private KernelMeters(Meters meters, RecordSource source) {
        this.meters = meters;
        this.source = source;
    }

    static void register(Meters meters, RecordSource source) {
        KernelMeters all = new KernelMeters(meters, source);
        all.reader();
        all.maps();
        all.capture();
        for (Hook hook : Hook.values()) {
            all.program(hook);
        }
    }

    private void reader() {
        meters.gauge(
                "procmon.source.heartbeat.age.seconds",
                "Time since the reader last polled the ring buffer",
                source,
                it -> it.sinceHeartbeat().toNanos() / NANOS);
        counter("procmon.kernel.exec.records", "Exec records that the kernel sent", KernelCounters::execRecords);
        counter("procmon.kernel.exit.records", "Exit records that the kernel sent", KernelCounters::exitRecords);
        counter(
                "procmon.kernel.parked.exits",
                "Exits that found the ring buffer full and were sent later",
                KernelCounters::parkedExits);
        gauge(
                "procmon.containers.throttled",
                "Containers that exceed the limit of program starts or of processes now",
                KernelCounters::throttledContainers);
        for (Loss cause : Loss.values()) {
            counter(
                    "procmon.kernel.losses",
                    "Events that never reached the stream, by cause",
                    it -> it.lost(cause),
                    "cause",
                    cause.label());
        }
    }

    private void capture() {
        meters.counter(
                "procmon.diagnostics.texts",
                "Processes that ended with a captured text",
                source,
                it -> it.captured().texts());
        captureLoss("no_text", CaptureCounters::lostNoText);
        captureLoss("container_full", CaptureCounters::lostContainerFull);
        captureLoss("recursion", CaptureCounters::skipped);
        meters.counter(
                "procmon.diagnostics.crashes",
                "Processes of which it was captured where a signal ended them",
                source,
                it -> it.crashes().crashes());
        meters.counter(
                "procmon.diagnostics.crashes.lost",
                "Processes that a signal ended while no place was free to capture where",
                source,
                it -> it.crashes().lost());
    }

    private void captureLoss(String cause, ToLongFunction<CaptureCounters> value) {
        meters.counter(
                "procmon.diagnostics.losses",
                "Writes to standard error that were not captured, by cause",
                source,
                it -> value.applyAsLong(it.captured()),
                "cause",
                cause);
    }

    private void maps() {
        queue(
                "procmon.kernel.ring",
                "Bytes that wait in the ring buffer",
                "Bytes that the ring buffer can hold",
                KernelCounters::ring);
        queue(
                "procmon.kernel.burst",
                "Memory used by records that arrived faster than they were processed",
                "Memory limit for such records",
                KernelCounters::burst);
        map("processes", KernelCounters::processes);
        map("buckets", KernelCounters::buckets);
    }

    private void queue(String name, String used, String capacity, Function<KernelCounters, Occupancy> queue) {
        gauge(name + ".bytes", used, it -> queue.apply(it).used());
        gauge(name + ".size.bytes", capacity, it -> queue.apply(it).capacity());
    }

    private void map(String name, Function<KernelCounters, Occupancy> map) {
        gauge(
                "procmon.kernel.map.entries",
                "Used entries of the kernel's maps, by map",
                it -> map.apply(it).used(),
                "map",
                name);
        gauge(
                "procmon.kernel.map.capacity",
                "Size of the kernel's maps in entries, by map",
                it -> map.apply(it).capacity(),
                "map",
                name);
    }

    private void program(Hook hook) {
        program(hook, "procmon.kernel.program.runs", "Runs of the BPF programs", ProgramStatistics::runs);
        program(
                hook,
                "procmon.kernel.program.run.seconds",
                "CPU time of the BPF programs",
                it -> it.runTime().toNanos() / NANOS);
        gauge(
                "procmon.kernel.program.instructions",
                "Instructions of the BPF programs that the verifier processed; its limit is one million",
                it -> it.of(hook).verifiedInstructions(),
                "program",
                hook.function());
    }

    private void program(Hook hook, String name, String description, ToDoubleFunction<ProgramStatistics> value) {
        counter(name, description, it -> value.applyAsDouble(it.of(hook)), "program", hook.function());
    }

    private void gauge(String name, String description, ToDoubleFunction<KernelCounters> value, String... tags) {
        meters.gauge(name, description, source, it -> value.applyAsDouble(it.counters()), tags);
    }

    private void counter(String name, String description, ToDoubleFunction<KernelCounters> value, String... tags) {
        meters.counter(name, description, source, it -> value.applyAsDouble(it.counters()), tags);
    }
}
