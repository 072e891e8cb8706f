package io.procmon.bench;

import io.procmon.diagnostics.DiagnosticsLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One round of procmon at one level of diagnostics: the cost of the capture for other processes, and its memory.
 */
final class DiagnosticsTrial {

    /** The runs of the program that measures calls. The smallest value counts. */
    private static final int CALL_RUNS = 15;

    private final ProcmonTracer procmon;
    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);

    DiagnosticsTrial(ProcmonTracer procmon) {
        this.procmon = procmon;
    }

    /**
     * All figures of a level.
     *
     * @throws TracerEnded if procmon does not run here
     */
    Map<Figure, Double> of(DiagnosticsLevel level) throws IOException {
        try (BenchReceiver.Http receiver = BenchReceiver.http(procmon.workbench(), procmon.tag());
                Metered running = procmon.start(receiver, level)) {
            foreignCalls(running);
            memory(running.process().pid());
        }
        return figures;
    }

    /** Calls of a foreign process while a student's compiler waits for its input. */
    private void foreignCalls(Metered running) throws IOException {
        Patience.awaitQuiet(Long.MAX_VALUE, running::seen);
        long seen = running.seen();
        Process compiler = new ProcessBuilder(student(List.of("gcc", "-fsyntax-only", "-x", "c", "-"))).start();
        try {
            Patience.await("the compiler", () -> running.seen() > seen);
            for (int run = 0; run < CALL_RUNS; run++) {
                Map<String, Double> nanos = calls();
                least(Figure.FOREIGN_CALL, nanos.get("getppid"));
                least(Figure.FOREIGN_WRITE, nanos.get("write"));
                least(Figure.FOREIGN_ERROR_WRITE, nanos.get("stderr"));
                least(Figure.FOREIGN_WRITEV, nanos.get("writev"));
            }
        } finally {
            compiler.destroy();
        }
    }

    private void least(Figure figure, double value) {
        figures.merge(figure, value, Math::min);
    }

    private Map<String, Double> calls() throws IOException {
        Path result = procmon.workbench().program("calls.txt");
        Workbench.outputOf(List.of(
                "sh",
                "-c",
                "exec \"$0\" \"$1\" >/dev/null 2>/dev/null",
                procmon.workbench().program("calls").toString(),
                result.toString()));
        Map<String, Double> nanos = new HashMap<>();
        for (String line : Files.readAllLines(result)) {
            int space = line.indexOf(' ');
            nanos.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)));
        }
        return nanos;
    }

    private void memory(long pid) throws IOException {
        figures.put(Figure.KERNEL_MEMORY, KernelMemory.bytes(pid) / 1e3);
        figures.put(Figure.RESIDENT, ProcessTimes.residentBytes(pid) / 1e6);
        figures.put(Figure.ANONYMOUS, ProcessTimes.mappedBytes(pid, "Anonymous:") / 1e6);
    }

    private List<String> student(List<String> command) {
        return procmon.workbench().asStudent(procmon.students() + "os-1-202500001", command);
    }
}
