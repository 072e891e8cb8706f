package io.procmon.metrics;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Chooses the values that have their own label in metrics: the most frequent ones. Invented names cannot displace names
 * that are in use. The counts are halved each hour, so that an unused value loses its label to a used one. Values
 * without a label are counted too, up to a limit. Not thread-safe.
 *
 * @param <T> the value
 */
final class FrequentLabels<T> {

    static final Duration HALVED_EVERY = Duration.ofHours(1);

    private static final int CANDIDATES_PER_LABEL = 5;

    /**
     * The counter of a value.
     *
     * @param count halved each hour
     * @param last the number of the last occurrence
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
     * @param max the largest number of labels
     * @param added receives each value that gets a label
     * @param removed receives each value that loses its label
     */
    FrequentLabels(int max, LongSupplier nanoTime, Consumer<T> added, Consumer<T> removed) {
        this.max = max;
        this.nanoTime = nanoTime;
        this.added = added;
        this.removed = removed;
        halvedAt = nanoTime.getAsLong();
    }

    /**
     * Counts an occurrence.
     *
     * @return whether the value has its own label
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

    /** Removes the label of the rarest value; of several, the one that was seen longest ago. */
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
