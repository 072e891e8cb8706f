package io.procmon.doctor;

import io.quarkus.runtime.ImageMode;
import java.util.Optional;

/** Examines the resources of this process: control groups and memory. */
final class ResourceExamination {

    private static final String UNIFIED = "/sys/fs/cgroup";

    /** Memory of the service without the kernel's maps, in bytes: the result of ./dev bench with a reserve. */
    private static final long JVM_BYTES = 208L << 20;

    private static final long NATIVE_BYTES = 96L << 20;

    private final Machine machine;
    private final long kernelBytes;
    private final long burstBytes;
    private final long processBytes;

    /**
     * @param kernelBytes size of the maps, which Linux 5.11 and later count against this process' limit
     * @param burstBytes size of the buffer for records that arrive faster than they are processed
     */
    ResourceExamination(Machine machine, long kernelBytes, long burstBytes) {
        this(machine, kernelBytes, burstBytes, ImageMode.current() == ImageMode.JVM ? JVM_BYTES : NATIVE_BYTES);
    }

    ResourceExamination(Machine machine, long kernelBytes, long burstBytes, long processBytes) {
        this.processBytes = processBytes;
        this.machine = machine;
        this.kernelBytes = kernelBytes;
        this.burstBytes = burstBytes;
    }

    Finding controlGroups() {
        if (machine.isReadable(UNIFIED + "/cgroup.controllers")) {
            return Finding.ok("cgroup", "version 2");
        }
        if (machine.isReadable(UNIFIED + "/unified/cgroup.controllers")) {
            return Finding.ok("cgroup", "versions 1 and 2 side by side");
        }
        return machine.isReadable(UNIFIED + "/memory") || machine.isReadable(UNIFIED + "/pids")
                ? Finding.ok("cgroup", "version 1")
                : Finding.degraded(
                        "cgroup",
                        "none is visible here",
                        "give the container access to /sys/fs/cgroup; if the node has none, events carry no container id");
    }

    Finding memory() {
        long needed = kernelBytes + burstBytes + processBytes;
        Optional<Long> limit = limit();
        String needs = "%d MiB are needed, %d of them by the kernel's maps, %d in bursts"
                .formatted(mebi(needed), mebi(kernelBytes), mebi(burstBytes));
        if (limit.isEmpty()) {
            return Finding.ok("memory", "no limit; " + needs);
        }
        String given = "limited to %d MiB; %s".formatted(mebi(limit.get()), needs);
        return limit.get() >= needed
                ? Finding.ok("memory", given)
                : Finding.degraded(
                        "memory",
                        given,
                        "raise the limit, or lower procmon.kernel.burst-size, procmon.kernel.ring-size or procmon.kernel.processes");
    }

    /** The lowest limit of this process' group and its parents; a container sees its own group as the root. */
    private Optional<Long> limit() {
        String group = machine.text("/proc/self/cgroup")
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith("0::"))
                        .map(line -> line.substring(3))
                        .findFirst())
                .orElse("/");
        Optional<Long> lowest = Optional.empty();
        for (String at = group; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            Optional<Long> here = machine.text(UNIFIED + at + "/memory.max")
                    .filter(text -> !text.equals("max"))
                    .map(Long::valueOf);
            if (here.isPresent() && (lowest.isEmpty() || here.get() < lowest.get())) {
                lowest = here;
            }
        }
        return lowest;
    }

    private static long mebi(long bytes) {
        return Math.ceilDiv(bytes, 1L << 20);
    }
}
