package io.procmon.procfs;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What may be asked of file systems beyond the kernel's memory, while one command line is read: the node's own disks
 * everything, and the network file systems that the node has mounted as long as they answer in time. Of all others
 * nothing: a student may have made them.
 */
final class Disks {

    /** For all questions of one command together: a server that is slow, but answers, delays no more than this. */
    private static final long WAIT_MAX = Duration.ofMillis(200).toNanos();

    private final FileCalls calls;
    private final NetworkMounts network;
    private final Supplier<NodeMounts> reader;
    private Optional<NodeMounts> mounts = Optional.empty();
    private long waited;

    /**
     * Reads no mounts yet.
     *
     * @param reader of the node's mounts
     */
    Disks(FileCalls calls, NetworkMounts network, Supplier<NodeMounts> reader) {
        this.calls = calls;
        this.network = network;
        this.reader = reader;
    }

    /** Whether a file may be asked about at all. */
    boolean reach(FileStatus file) {
        return isLocal(file) || isOnNetwork(file);
    }

    /**
     * Asks about a file.
     *
     * @param descriptor of this file
     * @param question is asked with the calls that are given to it, maybe on another thread
     * @param discard takes an answer that comes too late
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

    /** Asks a question whose answer holds nothing that is to be closed. */
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
