package io.procmon.report;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers texts without secrets, because students repeat the same commands on the same files. Thread-safe.
 *
 * <p>Keeps at most {@value #CHARACTERS} characters, and starts again when it is full. A student who invents texts makes
 * it less useful, but cannot make it use more memory.
 */
final class CleanTexts {

    private static final int LONGEST = 1024;
    private static final int CHARACTERS = 1 << 18;

    private final Set<String> known = ConcurrentHashMap.newKeySet();
    private int characters;

    boolean have(String text) {
        return text.length() <= LONGEST && known.contains(text);
    }

    synchronized void add(String text) {
        if (text.length() > LONGEST || !known.add(text)) {
            return;
        }
        characters += text.length();
        if (characters > CHARACTERS) {
            known.clear();
            characters = 0;
        }
    }
}
