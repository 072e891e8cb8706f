package io.procmon.report;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Texts in which no pattern finds a secret. A student repeats the same commands on the same files, so most texts have been
 * looked at before. Thread-safe.
 *
 * <p>Holds no more than {@value #CHARACTERS} characters, and begins anew when it is full: a student who invents texts makes
 * the answers rarer, and takes no more memory.
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
