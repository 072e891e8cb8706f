package io.procmon.join;

import io.procmon.events.ExecRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.Started;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import java.util.HashMap;
import java.util.Map;

/**
 * Wrappers that have a server call the compiler, and wait for it: sccache.
 *
 * <p>The server has left its parents and was forked without an exec, so nobody tells who it is. But it compiles in the
 * directory of its client while that one waits. Not thread-safe.
 */
final class CompilerClients {

    private record Seat(Student student, ContainerPath cwd) {

        static Seat of(Started started) {
            return new Seat(
                    started.origin().student(), started.origin().exec().call().cwd());
        }
    }

    private final Map<ImageKey, Seat> waiting = new HashMap<>();

    /** One has begun to wait. */
    void began(Started client) {
        waiting.put(client.origin().exec().image(), Seat.of(client));
    }

    /** An image has ended, which may have been one. */
    void ended(ImageKey image) {
        waiting.remove(image);
    }

    /** Whether a server makes this for one that waits. */
    boolean areServedBy(Started compile) {
        return !waiting.isEmpty()
                && compile.origin().type() instanceof ProcessType.Known
                && isOfAFork(compile.origin().exec())
                && waiting.containsValue(Seat.of(compile));
    }

    /** Whether its parent has called no exec: the nearest that has is further up. */
    private static boolean isOfAFork(ExecRecord exec) {
        return exec.parent().map(parent -> parent.tgid() != exec.ids().ppid()).orElse(true);
    }
}
