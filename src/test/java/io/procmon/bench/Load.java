package io.procmon.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A series of numbered execs by several students in turn; see {@code load.c}.
 *
 * @param students the prefix of their hostnames, which decides whether procmon watches them
 * @param size the number of students
 * @param tag the text before the number in the argument
 * @param first the first number
 * @param count the number of execs
 * @param perSecond the execs per second; 0 means as many as possible
 * @param cpu the processor that runs the load; empty for all
 */
record Load(String students, int size, String tag, long first, int count, int perSecond, OptionalInt cpu) {

    /** The number of students: enough to fill each queue, and few enough that the scheduler's queue is not measured. */
    static final int STUDENTS = 8;

    /**
     * The result of a load.
     *
     * @param load the load
     * @param clock for each exec, the time before it begins and the time after its end was known, in turn
     * (CLOCK_MONOTONIC, ns)
     * @param cpuNanos CPU time of the load itself, in nanoseconds
     */
    record Done(Load load, LongBuffer clock, long cpuNanos) {

        long before(long number) {
            return clock.get((int) (2 * (number - load.first)));
        }

        long after(long number) {
            return clock.get((int) (2 * (number - load.first) + 1));
        }

        double perSecond() {
            LongSummaryStatistics times =
                    IntStream.range(0, clock.limit()).mapToLong(clock::get).summaryStatistics();
            return load.count * 1e9 / (times.getMax() - times.getMin());
        }
    }

    /** The first number of the next load, chosen so that a number always belongs to the same student. */
    long end() {
        return first + Math.ceilDiv(count, size) * (long) size;
    }

    /** Runs the load to its end. */
    Done run(Workbench workbench) throws IOException {
        Path stamps = workbench.program("stamps");
        String cpuNanos = Workbench.outputOf(command(workbench, stamps));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(stamps)).order(ByteOrder.nativeOrder());
        return new Done(this, bytes.asLongBuffer(), Long.parseLong(cpuNanos.strip()));
    }

    /** Starts the load. It runs until it ends or is destroyed. */
    Process begin(Workbench workbench) throws IOException {
        return new ProcessBuilder(command(workbench, workbench.program("stamps-beside")))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private List<String> command(Workbench workbench, Path stamps) {
        List<String> command = new ArrayList<>();
        cpu.ifPresent(it -> command.addAll(List.of("taskset", "-c", Integer.toString(it))));
        command.add(workbench.program("load").toString());
        command.addAll(List.of("-H", workbench.home().toString(), "-d", "/home/coder/project/hw1"));
        command.addAll(List.of("-p", students, "-t", tag, "-s", stamps.toString()));
        command.addAll(List.of("-f", Long.toString(first), "-n", Integer.toString(count)));
        command.addAll(List.of("-w", Integer.toString(size), "-r", Integer.toString(perSecond)));
        return command;
    }
}
