package io.procmon.api;

import io.procmon.config.ProcmonConfig;
import io.procmon.spool.Entry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;

/** One lane a student, several students a lane: a student's activities keep their order, lanes do not wait for each other. */
@ApplicationScoped
public class Lanes {

    /** How many may wait in a lane, in batches: while one is under way, the next is there in full. */
    private static final int BATCHES_A_LANE = 4;

    private final List<Lane> lanes;
    private final int room;

    @Inject
    public Lanes(ProcmonConfig config, Courier courier) {
        int batchSize = config.api().batchSize();
        lanes = Stream.generate(() -> new Lane(batchSize, courier::deliver))
                .limit(config.api().concurrency())
                .toList();
        room = BATCHES_A_LANE * batchSize * lanes.size();
    }

    /** How many entries may be in the lanes, all together; what is beyond stays in the spool. */
    public int room() {
        return room;
    }

    /** Delivers an entry behind those of the same student that were given before. */
    public Uni<Receipt> deliver(Entry entry) {
        return lanes.get(Math.floorMod(entry.report().student().hashCode(), lanes.size()))
                .deliver(entry);
    }
}
