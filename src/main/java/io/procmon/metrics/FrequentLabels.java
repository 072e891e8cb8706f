package io.procmon.metrics;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Which values have a label of their own: the most frequent ones, so that names that somebody invents do not take the
 * labels of those that are used. The counts are halved each hour: a value that is no longer used loses its label to one
 * that is. Values without a label are counted as well, as many as there is room for. Not thread-safe.
 *
 * @param <T> the value
 */
final class FrequentLabels<T> {

    static final Duration HALVED_EVERY = Duration.ofHours(1);

    private static final int CANDIDATES_PER_LABEL = 5;

    /**
     * How often a value was seen.
     *
     * @param count halved each hour
     * @param last the number of the sighting
     */
    private record Seen(long count, long last) {}

    private final int max;
    private final LongSupplier nanoTime;
    private final Consumer<T> added;
    private final Consumer<T> removed;
    private final Map<T, Seen> labels = new HashMap<>();
    private final Map<T, Long> candidates = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<T, Long> eldest) {
            return size() > max * CANDIDATES_PER_LABEL;
        }
    };
    private long sightings;
    private long halvedAt;

    /**
     * @param max how many values have a label
     * @param added takes each value that gets a label
     * @param removed takes each value that loses it
     */
    FrequentLabels(int max, LongSupplier nanoTime, Consumer<T> added, Consumer<T> removed) {
        this.max = max;
        this.nanoTime = nanoTime;
        this.added = added;
        this.removed = removed;
        halvedAt = nanoTime.getAsLong();
    }

    /**
     * A value was seen.
     *
     * @return whether it has a label of its own
     */
    boolean see(T value) {
        halve();
        sightings++;
        if (labels.computeIfPresent(value, (_, seen) -> new Seen(seen.count() + 1, sightings)) != null) {
            return true;
        }
        long count = candidates.merge(value, 1L, Long::sum);
        if (labels.size() >= max && !makeRoom(count)) {
            return false;
        }
        candidates.remove(value);
        labels.put(value, new Seen(count, sightings));
        added.accept(value);
        return true;
    }

    /** Takes the label of the rarest value, and of the equally rare ones that of the one seen longest ago. */
    private boolean makeRoom(long count) {
        Map.Entry<T, Seen> rarest = labels.entrySet().stream()
                .min(Comparator.comparingLong(
                                (Map.Entry<T, Seen> label) -> label.getValue().count())
                        .thenComparingLong(label -> label.getValue().last()))
                .orElseThrow();
        if (rarest.getValue().count() >= count) {
            return false;
        }
        labels.remove(rarest.getKey());
        removed.accept(rarest.getKey());
        return true;
    }

    private void halve() {
        long now = nanoTime.getAsLong();
        for (; now - halvedAt >= HALVED_EVERY.toNanos(); halvedAt += HALVED_EVERY.toNanos()) {
            labels.replaceAll((_, seen) -> new Seen(seen.count() / 2, seen.last()));
            candidates.clear();
            if (labels.values().stream().allMatch(seen -> seen.count() == 0)) {
                halvedAt = now;
                return;
            }
        }
    }
}
