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
 * Execs with numbers, by many students in turn; see {@code load.c}.
 *
 * @param students the prefix of their hostnames, which decides whether procmon cares
 * @param size how many students there are
 * @param tag what the argument with the number begins with
 * @param first the first number
 * @param count how many execs
 * @param perSecond how many in a second; 0 is as many as there can be
 * @param cpu where all of it runs, if not everywhere
 */
record Load(String students, int size, String tag, long first, int count, int perSecond, OptionalInt cpu) {

    /** A small class: enough that no lane is empty, few enough that the scheduler's queue is not what is measured. */
    static final int STUDENTS = 8;

    /**
     * What happened.
     *
     * @param load what was asked for
     * @param clock of each exec, when it was about to begin and when its end was known, in turn (CLOCK_MONOTONIC, ns)
     * @param cpuNanos processor time that the load itself took
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

    /** Where the next load begins, so that a number stays the same student's. */
    long end() {
        return first + Math.ceilDiv(count, size) * (long) size;
    }

    /** Runs it to its end. */
    Done run(Workbench workbench) throws IOException {
        Path stamps = workbench.program("stamps");
        String cpuNanos = Workbench.outputOf(command(workbench, stamps));
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(stamps)).order(ByteOrder.nativeOrder());
        return new Done(this, bytes.asLongBuffer(), Long.parseLong(cpuNanos.strip()));
    }

    /** Lets it run beside us, until it is destroyed. */
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
