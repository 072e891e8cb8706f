package io.procmon.procfs;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Decides which file systems may be read from disk while a command line is parsed. The node's own disks may be read.
 * Network file systems that the node has mounted may be read as long as they answer in time. All others may not: a
 * student may have created them.
 */
final class Disks {

    /** The time for all reads of one command line together, so that a slow server delays procmon no more than this. */
    private static final long WAIT_MAX = Duration.ofMillis(200).toNanos();

    private final FileCalls calls;
    private final NetworkMounts network;
    private final Supplier<NodeMounts> reader;
    private Optional<NodeMounts> mounts = Optional.empty();
    private long waited;

    /**
     * Creates an instance. It reads the mounts when they are first needed.
     *
     * @param reader reads the node's mounts
     */
    Disks(FileCalls calls, NetworkMounts network, Supplier<NodeMounts> reader) {
        this.calls = calls;
        this.network = network;
        this.reader = reader;
    }

    /** Whether procmon may call the file system of a file. */
    boolean reach(FileStatus file) {
        return isLocal(file) || isOnNetwork(file);
    }

    /**
     * Calls the file system of a file.
     *
     * @param descriptor the descriptor of the file
     * @param question the call, which may run on another thread
     * @param discard closes an answer that arrives too late
     */
    <T> Optional<T> ask(
            FileStatus file,
            int descriptor,
            Function<FileCalls, Optional<T>> question,
            BiConsumer<FileCalls, T> discard) {
        if (isLocal(file)) {
            return question.apply(calls);
        }
        if (!isOnNetwork(file) || waited > WAIT_MAX) {
            return Optional.empty();
        }
        long begin = System.nanoTime();
        Optional<T> answer = network.ask(file.device(), descriptor, question, discard);
        waited += System.nanoTime() - begin;
        return answer;
    }

    /** Asks a question whose answer needs no closing. */
    <T> Optional<T> ask(FileStatus file, int descriptor, Function<FileCalls, Optional<T>> question) {
        return ask(file, descriptor, question, (_, _) -> {});
    }

    private boolean isLocal(FileStatus file) {
        return mounts().local().contains(file.device());
    }

    private boolean isOnNetwork(FileStatus file) {
        return mounts().network().containsKey(file.device());
    }

    private NodeMounts mounts() {
        if (mounts.isEmpty()) {
            mounts = Optional.of(reader.get());
        }
        return mounts.get();
    }
}
