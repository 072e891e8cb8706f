package io.procmon.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A cache of answers. It suits questions that a few hundred students repeat for the same few executables. When it is
 * full, all entries are dropped. So many different questions cost cache hits, but no more memory. Thread-safe.
 *
 * @param <K> the question; a path has at most 4,096 bytes (PATH_MAX), so all questions take at most 4 MiB
 * @param <V> the answer
 */
final class Memo<K, V> {

    private static final int CAPACITY = 1024;

    private final Map<K, V> known = new ConcurrentHashMap<>();
    private final Function<K, V> lookUp;

    Memo(Function<K, V> lookUp) {
        this.lookUp = lookUp;
    }

    V get(K question) {
        V remembered = known.get(question);
        if (remembered != null) {
            return remembered;
        }
        V found = lookUp.apply(question);
        if (known.size() >= CAPACITY) {
            known.clear();
        }
        known.put(question, found);
        return found;
    }
}
