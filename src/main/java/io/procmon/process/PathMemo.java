package io.procmon.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what is known of a path, for the same few executables run again and again. When it is full it begins anew:
 * whoever has it look at thousands of paths gets no more of its memory, only fewer answers from it. Thread-safe.
 */
final class PathMemo<T> {

    /** A path has 4,096 bytes at most (PATH_MAX), so this is 2 MiB at worst. */
    private static final int CAPACITY = 512;

    private final Map<ContainerPath, T> known = new ConcurrentHashMap<>();
    private final Function<ContainerPath, T> lookUp;

    PathMemo(Function<ContainerPath, T> lookUp) {
        this.lookUp = lookUp;
    }

    T get(ContainerPath path) {
        T remembered = known.get(path);
        if (remembered != null) {
            return remembered;
        }
        T found = lookUp.apply(path);
        if (known.size() >= CAPACITY) {
            known.clear();
        }
        known.put(path, found);
        return found;
    }
}
