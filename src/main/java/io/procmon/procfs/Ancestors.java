package io.procmon.procfs;

import io.procmon.events.ExecRecord;
import io.procmon.events.ImageKey;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which image started which. A compiler and the {@code make} that started it may both have ended before
 * procmon looks at their files. Then procmon looks through the shell above them, which sees the same files.
 * Thread-safe.
 */
final class Ancestors {

    /** The instance that all look-ups share. */
    static final Ancestors SHARED = new Ancestors();

    /** The number of images that are kept. Each takes about 200 bytes. */
    private static final int IMAGES_MAX = 4096;

    /** The number of levels that are searched: twice those of a make in a make in a script in a shell. */
    private static final int LEVELS_MAX = 8;

    private record Known(Optional<ImageKey> parent, long cgroup) {}

    private final Map<ImageKey, Known> known = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ImageKey, Known> eldest) {
            return size() > IMAGES_MAX;
        }
    };

    /**
     * The ancestors of an image, the nearest first. From the second one on, only ancestors in the same cgroup are
     * returned: others may be outside of the container.
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
