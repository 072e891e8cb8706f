package io.procmon.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A tool that prints a line for each exec.
 *
 * @param name the name that users know
 * @param command the command line
 * @param workbench the directory of the benchmark
 * @param tag the text before the number of an exec
 */
record LineTracer(String name, List<String> command, Workbench workbench, String tag) implements Tracer {

    /** Mounts tracefs for the tool if it is not mounted. */
    private static final String WITH_TRACEFS =
            "[ -e /sys/kernel/tracing/events ] || mount -t tracefs none /sys/kernel/tracing; exec \"$@\"";

    /** The one-liner from bpftrace's own list. */
    static LineTracer bpftrace(Workbench workbench, String tag) {
        String program = "tracepoint:syscalls:sys_enter_exec* { printf(\"%s \", comm); join(args->argv); }";
        return new LineTracer("bpftrace", List.of("bpftrace", "-B", "line", "-e", program), workbench, tag);
    }

    /** Debian's package libbpf-tools. */
    static LineTracer libbpfTools(Workbench workbench, String tag) {
        return new LineTracer("execsnoop (libbpf-tools)", List.of("stdbuf", "-oL", "execsnoop"), workbench, tag);
    }

    /** Debian's package bpfcc-tools. It compiles its program when it starts, and needs the kernel's headers. */
    static LineTracer bcc(Workbench workbench, String tag) {
        List<String> command = List.of("env", "PYTHONUNBUFFERED=1", "execsnoop-bpfcc");
        return new LineTracer("execsnoop (bcc)", command, workbench, tag);
    }

    @Override
    public Running start() throws IOException {
        Path log = workbench.program("tracer.log");
        Path file = workbench.program("sightings");
        List<String> inOwnNamespace = new ArrayList<>(List.of("unshare", "-m", "sh", "-c", WITH_TRACEFS, "sh"));
        inOwnNamespace.addAll(command);
        Observer.forget(file);
        List<Process> processes = ProcessBuilder.startPipeline(List.of(
                new ProcessBuilder(inOwnNamespace).redirectError(log.toFile()),
                Observer.ofLines(workbench, tag, file).redirectOutput(ProcessBuilder.Redirect.DISCARD)));
        return new Observed(
                processes.getFirst(),
                Optional.of(processes.getLast()),
                Optional.of(Observer.sightings(file)),
                false,
                log);
    }
}
