package io.procmon.bench;

import io.procmon.diagnostics.DiagnosticsLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One round of procmon at one level of diagnostics: the cost of the capture for other processes and for a student's
 * compile, and its memory.
 */
final class DiagnosticsTrial {

    /** The programs of diagnostics.bpf.c and crash.bpf.c. */
    private static final Set<String> CAPTURE = Set.of("on_write", "on_writev", "on_sys_exit", "on_end", "on_deliver");

    /** A homework, with a warning. */
    private static final String SOURCE = """
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>

            struct node { int key; char name[32]; struct node *left, *right; };

            static struct node *insert(struct node *root, int key, const char *name) {
              if (!root) {
                root = calloc(1, sizeof *root);
                root->key = key;
                strncpy(root->name, name, sizeof root->name - 1);
              } else if (key < root->key) {
                root->left = insert(root->left, key, name);
              } else {
                root->right = insert(root->right, key, name);
              }
              return root;
            }

            static void print(const struct node *root, int depth) {
              int unused;
              if (!root) return;
              print(root->left, depth + 1);
              printf("%*s%d %s\\n", 2 * depth, "", root->key, root->name);
              print(root->right, depth + 1);
            }

            int main(void) {
              struct node *root = NULL;
              char name[32];
              int key;
              while (scanf("%d %31s", &key, name) == 2) root = insert(root, key, name);
              print(root, 0);
              return EXIT_SUCCESS;
            }
            """;

    /** The runs of the program that measures calls. The smallest value counts. */
    private static final int CALL_RUNS = 15;

    private final ProcmonTracer procmon;
    private final Scale scale;
    private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);

    DiagnosticsTrial(ProcmonTracer procmon, Scale scale) {
        this.procmon = procmon;
        this.scale = scale;
    }

    /**
     * All figures of a level.
     *
     * @param without the figures of level off in the same round; empty if this is level off
     * @throws TracerEnded if procmon does not run here
     */
    Map<Figure, Double> of(DiagnosticsLevel level, Optional<Map<Figure, Double>> without) throws IOException {
        Files.writeString(procmon.workbench().home().resolve("project/hw1/main.c"), SOURCE);
        try (BenchReceiver.Http receiver = BenchReceiver.http(procmon.workbench(), procmon.tag());
                Metered running = start(receiver, level)) {
            Patience.await(
                    "the metrics",
                    () -> running.count("") > 0 || !running.process().isAlive());
            if (!running.process().isAlive()) {
                throw new TracerEnded(running.lastWords());
            }
            compiles(scale.compiles() / 4);
            figures.put(Figure.COMPILE, Spread.quantile(compiles(scale.compiles()), 0.5));
            figures.put(Figure.COMPILE_CAPTURE, captureMicros(running.process().pid()));
            foreignCalls(running);
            memory(running.process().pid());
        }
        without.ifPresent(off ->
                figures.put(Figure.COMPILE_MORE, 100 * (figures.get(Figure.COMPILE) / off.get(Figure.COMPILE) - 1)));
        return figures;
    }

    private Metered start(BenchReceiver.Http receiver, DiagnosticsLevel level) throws IOException {
        int metrics = ProcmonTracer.freePort();
        Map<String, String> environment = new HashMap<>(receiver.environment());
        environment.putAll(procmon.spool());
        environment.put("PROCMON_DIAGNOSTICS_LEVEL", level.name().toLowerCase(Locale.ROOT));
        Path log = procmon.workbench().program("procmon.log");
        return new Metered(procmon.launch(metrics, log, environment), metrics, Metered.BEGUN, log);
    }

    /** The CPU times of compiles of a student, in milliseconds, sorted. */
    private double[] compiles(int count) throws IOException {
        Path program = procmon.workbench().program("cputimes");
        return Workbench.outputOf(student(List.of(
                        program.toString(), Integer.toString(count), "gcc", "-Wall", "-g", "-o", "main", "main.c")))
                .lines()
                .mapToDouble(micros -> Long.parseLong(micros) / 1e3)
                .sorted()
                .toArray();
    }

    /** The time of the capture's programs in a compile. It includes calls of other processes at the same time. */
    private double captureMicros(long pid) throws IOException {
        int count = scale.compiles() / 4;
        try (BpfStatistics _ = new BpfStatistics()) {
            KernelTime before = KernelTime.of(pid);
            compiles(count);
            return KernelTime.of(pid).since(before).programs().values().stream()
                            .filter(program -> CAPTURE.contains(program.name()))
                            .mapToLong(KernelTime.Program::nanos)
                            .sum()
                    / 1e3
                    / count;
        }
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
