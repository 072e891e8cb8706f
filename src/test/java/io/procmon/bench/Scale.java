package io.procmon.bench;

/**
 * The amount of load of a trial.
 *
 * @param warmUp execs before the measurement, in which a JVM compiles and tools grow their buffers
 * @param flatOut execs at the highest possible rate
 * @param pacedSeconds the duration of a load of 1,000 execs per second
 * @param latencySeconds the duration of a load of 100 execs per second
 * @param restSeconds the duration without students
 * @param classSeconds the duration of the load of a class
 * @param compiles compiles of a student at each level
 * @param backlog execs whose activities wait for an unavailable backend; they fit into the ring
 */
record Scale(
        int warmUp,
        int flatOut,
        int pacedSeconds,
        int latencySeconds,
        int restSeconds,
        int classSeconds,
        int compiles,
        int backlog) {

    static final Scale FULL = new Scale(60_000, 20_000, 5, 4, 60, 300, 2_000, 4_000);
    static final Scale QUICK = new Scale(5_000, 10_000, 2, 1, 10, 20, 40, 2_000);
}
