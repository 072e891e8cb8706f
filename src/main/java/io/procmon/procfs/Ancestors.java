package io.procmon.procfs;

import io.procmon.events.ExecRecord;
import io.procmon.events.ImageKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which image started which. A compiler and the {@code make} that started it may both have ended before procmon
 * looks at their files; then the shell above them shows the same files. Thread-safe.
 */
final class Ancestors {

    /** All looks into containers share what is remembered. */
    static final Ancestors SHARED = new Ancestors();

    /** Images that ran last; each takes some 200 bytes. */
    private static final int IMAGES_MAX = 4096;

    /** make in make in a script in a shell, and again as many. */
    private static final int LEVELS_MAX = 8;

    private record Known(Optional<ImageKey> parent, long cgroup) {}

    private final Map<ImageKey, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageKey, Known> eldest) {
            return size() > IMAGES_MAX;
        }
    };

    /**
     * The images above one, the nearest first. From the second on they are in the same cgroup: what is further up may not be
     * in the container.
     */
    synchronized List<ImageKey> above(ExecRecord exec) {
        long cgroup = exec.context().cgroup().id();
        known.put(exec.image(), new Known(exec.parent(), cgroup));
        List<ImageKey> images = new ArrayList<>();
        Optional<ImageKey> next = exec.parent();
        while (next.isPresent() && images.size() < LEVELS_MAX) {
            images.add(next.get());
            next = Optional.ofNullable(known.get(next.get()))
                    .flatMap(Known::parent)
                    .filter(image ->
                            known.containsKey(image) && known.get(image).cgroup() == cgroup);
        }
        return images;
    }
}
