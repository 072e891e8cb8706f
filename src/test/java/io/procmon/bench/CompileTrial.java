package io.procmon.bench;

import io.procmon.diagnostics.DiagnosticsLevel;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * One round of compiles: what the capture adds to the CPU time of a student's compile. Two procmons run at the same
 * time, one at level off and one at level messages. Each watches hostnames of its own, and the students of both compile
 * in turn. So other work on the machine slows both.
 */
final class CompileTrial {

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

    private final ProcmonTracer off;
    private final ProcmonTracer capturing;
    private final int pairs;

    /**
     * @param off the procmon of the one student
     * @param capturing the procmon of the other student, with another prefix of hostnames
     * @param pairs the number of compiles of each student
     */
    CompileTrial(ProcmonTracer off, ProcmonTracer capturing, int pairs) {
        this.off = off;
        this.capturing = capturing;
        this.pairs = pairs;
    }

    /**
     * The figures of each level.
     *
     * @throws TracerEnded if procmon does not run here
     */
    Map<DiagnosticsLevel, Map<Figure, Double>> figures() throws IOException {
        Workbench workbench = off.workbench();
        Files.writeString(workbench.home().resolve("project/hw1/main.c"), SOURCE);
        try (BenchReceiver.Http receiver = BenchReceiver.http(workbench, off.tag());
                Metered _ = off.start(receiver, DiagnosticsLevel.OFF);
                Metered messages = capturing.start(receiver, DiagnosticsLevel.MESSAGES)) {
            compare(pairs / 4); // procmon's code is compiled, and the files are in memory
            Map<DiagnosticsLevel, Map<Figure, Double>> figures = compare(pairs);
            figures.get(DiagnosticsLevel.MESSAGES)
                    .put(
                            Figure.COMPILE_CAPTURE,
                            captureMicros(messages.process().pid()));
            return figures;
        }
    }

    private Map<DiagnosticsLevel, Map<Figure, Double>> compare(int count) throws IOException {
        double[] without = new double[count];
        double[] with = new double[count];
        for (int i = 0; i < count; i++) {
            if (i % 2 == 0) {
                without[i] = compile(off);
                with[i] = compile(capturing);
            } else {
                with[i] = compile(capturing);
                without[i] = compile(off);
            }
        }
        double[] more = new double[count];
        Arrays.setAll(more, i -> with[i] - without[i]);
        double percent = 100 / mean(without);
        Map<Figure, Double> messages = new EnumMap<>(Figure.class);
        messages.put(Figure.COMPILE, mean(with));
        messages.put(Figure.COMPILE_MORE, mean(more) * percent);
        messages.put(Figure.COMPILE_ERROR, standardError(more) * percent);
        return Map.of(DiagnosticsLevel.OFF, Map.of(Figure.COMPILE, mean(without)), DiagnosticsLevel.MESSAGES, messages);
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).average().orElseThrow();
    }

    /** The standard error of the mean. */
    private static double standardError(double[] values) {
        double mean = mean(values);
        double squares =
                DoubleStream.of(values).map(it -> (it - mean) * (it - mean)).sum();
        return Math.sqrt(squares / (values.length - 1) / values.length);
    }

    /** The CPU time of a compile of a student, in milliseconds. */
    private static double compile(ProcmonTracer procmon) throws IOException {
        Workbench workbench = procmon.workbench();
        String micros = Workbench.outputOf(workbench.asStudent(
                procmon.students() + "os-1-202500001",
                List.of(workbench.program("cputimes").toString(), "1", "gcc", "-Wall", "-g", "-o", "main", "main.c")));
        return Long.parseLong(micros.strip()) / 1e3;
    }

    /** The time of the capture's programs in a compile. It includes calls of other processes at the same time. */
    private double captureMicros(long pid) throws IOException {
        int count = pairs / 4;
        try (BpfStatistics _ = new BpfStatistics()) {
            KernelTime before = KernelTime.of(pid);
            for (int i = 0; i < count; i++) {
                compile(capturing);
            }
            return KernelTime.of(pid).since(before).programs().values().stream()
                            .filter(program -> CAPTURE.contains(program.name()))
                            .mapToLong(KernelTime.Program::nanos)
                            .sum()
                    / 1e3
                    / count;
        }
    }
}
