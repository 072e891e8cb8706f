package io.procmon.bench;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** The records of the observer so far; see {@code observer.c}. The observer writes to the memory at the same time. */
final class Sightings {

    /**
     * A recorded exec.
     *
     * @param number the number of the exec
     * @param at the time (CLOCK_MONOTONIC, ns)
     */
    record Sighting(long number, long at) {}

    private static final int WORD = Long.BYTES;

    private final MappedByteBuffer memory;

    Sightings(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            memory = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
            memory.order(ByteOrder.nativeOrder());
        }
    }

    /** The number of records. */
    long count() {
        return memory.getLong(0);
    }

    /** The records of one load, in the order of their arrival. */
    List<Sighting> of(Load load) {
        return stream()
                .filter(seen -> seen.number >= load.first() && seen.number < load.first() + load.count())
                .toList();
    }

    private Stream<Sighting> stream() {
        return LongStream.range(0, count()).mapToObj(i -> {
            int offset = (int) (WORD + 2 * WORD * i);
            return new Sighting(memory.getLong(offset), memory.getLong(offset + WORD));
        });
    }
}
