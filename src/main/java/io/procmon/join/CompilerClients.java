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
 * The compiler wrappers that wait for a server, which calls the compiler: sccache.
 *
 * <p>The server has detached from its parents and was forked without an exec. So its ancestors do not show that it is a
 * compiler server. But it compiles in the directory of its client while the client waits. Not thread-safe.
 */
final class CompilerClients {

    private record Place(Student student, ContainerPath cwd) {

        static Place of(Started started) {
            return new Place(
                    started.origin().student(), started.origin().exec().call().cwd());
        }
    }

    private final Map<ImageKey, Place> waiting = new HashMap<>();

    /** A client has begun to wait. */
    void began(Started client) {
        waiting.put(client.origin().exec().image(), Place.of(client));
    }

    /** An image has ended. It may have been a client. */
    void ended(ImageKey image) {
        waiting.remove(image);
    }

    /** Whether a server runs this compiler for a client that waits. */
    boolean areServedBy(Started compile) {
        return !waiting.isEmpty()
                && compile.origin().type() instanceof ProcessType.Known
                && isOfAFork(compile.origin().exec())
                && waiting.containsValue(Place.of(compile));
    }

    /** Whether the parent process has called no exec. Then the nearest ancestor that has is further up. */
    private static boolean isOfAFork(ExecRecord exec) {
        return exec.parent().map(parent -> parent.tgid() != exec.ids().ppid()).orElse(true);
    }
}
