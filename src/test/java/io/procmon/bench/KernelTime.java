package io.procmon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The kernel's statistics of a process' BPF programs, by their ids. They count while {@link BpfStatistics} are enabled.
 *
 * @param programs all programs of the process
 */
record KernelTime(Map<Integer, Program> programs) {

    /**
     * One program.
     *
     * @param name such as {@code on_exit}
     * @param runs the number of runs
     * @param nanos the total time of the runs, in nanoseconds
     */
    record Program(String name, long runs, long nanos) {

        Program minus(Program earlier) {
            return new Program(name, runs - earlier.runs, nanos - earlier.nanos);
        }

        double perRun() {
            return runs == 0 ? 0 : (double) nanos / runs;
        }
    }

    static KernelTime of(long pid) throws IOException {
        Set<Integer> ids = programIds(pid);
        JsonNode all = new ObjectMapper().readTree(Workbench.outputOf(List.of("bpftool", "prog", "show", "-j")));
        Map<Integer, Program> programs = new HashMap<>();
        for (JsonNode program : all) {
            int id = program.path("id").asInt();
            if (ids.contains(id)) {
                programs.put(
                        id,
                        new Program(
                                program.path("name").asText(),
                                program.path("run_cnt").asLong(),
                                program.path("run_time_ns").asLong()));
            }
        }
        return new KernelTime(programs);
    }

    /**
     * The ids of the programs that the process has open. bpftool knows the owner of a program only if it was built with
     * a BPF compiler.
     */
    private static Set<Integer> programIds(long pid) throws IOException {
        Set<Integer> ids = new HashSet<>();
        try (DirectoryStream<Path> open = Files.newDirectoryStream(Path.of("/proc/%d/fdinfo".formatted(pid)))) {
            for (Path descriptor : open) {
                ids.addAll(programIds(descriptor));
            }
        }
        return ids;
    }

    private static List<Integer> programIds(Path descriptor) throws IOException {
        try (Stream<String> lines = Files.lines(descriptor)) {
            return lines.filter(line -> line.startsWith("prog_id:"))
                    .map(line -> Integer.valueOf(
                            line.substring(line.indexOf(':') + 1).strip()))
                    .toList();
        } catch (NoSuchFileException | UncheckedIOException e) {
            return List.of(); // closed in the meantime
        }
    }

    KernelTime since(KernelTime earlier) {
        Map<Integer, Program> difference = new HashMap<>();
        programs.forEach((id, now) ->
                difference.put(id, now.minus(earlier.programs.getOrDefault(id, new Program(now.name(), 0, 0)))));
        return new KernelTime(difference);
    }

    /** The total time, divided by a number of processes. It includes runs that other processes caused. */
    double perProcess(int processes) {
        return programs.values().stream().mapToLong(Program::nanos).sum() / (double) processes;
    }

    /** The time of the programs that run at a process' end, by their names. */
    double perExit(int processes) {
        return programs.values().stream()
                        .filter(program -> program.name().equals("on_exit"))
                        .mapToLong(Program::nanos)
                        .sum()
                / (double) processes;
    }

    /** The time of one run of each program, for loads that other processes share. */
    double perRunOfEach() {
        return programs.values().stream().mapToDouble(Program::perRun).sum();
    }
}
