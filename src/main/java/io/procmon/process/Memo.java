package io.procmon.process;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers what was found out, for the same few executables run again and again by the same few hundred students. When
 * it is full it begins anew: whoever asks for thousands gets no more of its memory, only fewer answers from it.
 * Thread-safe.
 *
 * @param <K> what is asked; a path has 4,096 bytes at most (PATH_MAX), so the questions take 4 MiB at worst
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
