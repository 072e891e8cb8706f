package io.procmon.bench;

/**
 * How much load a trial has.
 *
 * @param warmUp execs before anything is measured: a JVM compiles, a tool grows its buffers
 * @param flatOut execs as fast as they come
 * @param pacedSeconds for how long 1,000 come in a second
 * @param latencySeconds for how long 100 come in a second
 * @param restSeconds for how long nobody does anything
 * @param classSeconds for how long a class works
 * @param backlog execs whose activities wait for a backend that was away; they fit into the ring
 */
record Scale(
        int warmUp, int flatOut, int pacedSeconds, int latencySeconds, int restSeconds, int classSeconds, int backlog) {

    static final Scale FULL = new Scale(60_000, 20_000, 5, 4, 60, 300, 4_000);
    static final Scale QUICK = new Scale(5_000, 10_000, 2, 1, 10, 20, 2_000);
}
