package io.procmon.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.config.ProcmonConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest activities that the embedded receiver took, and those to come. Thread-safe. */
@ApplicationScoped
public class ReceivedActivities {

    private final Deque<ObjectNode> latest = new ArrayDeque<>();
    private final BroadcastProcessor<ObjectNode> arrivals = BroadcastProcessor.create();

    @Inject
    ProcmonConfig config;

    /** Keeps an activity, and forgets the oldest one if there are too many. */
    public void add(ObjectNode activity) {
        synchronized (latest) {
            if (latest.size() == config.receiver().capacity()) {
                latest.removeFirst();
            }
            latest.addLast(activity);
        }
        arrivals.onNext(activity);
    }

    /** What is kept, the oldest first. */
    public List<ObjectNode> latest() {
        synchronized (latest) {
            return List.copyOf(latest);
        }
    }

    /** What arrives from now on. A listener that is too slow misses some: nothing waits for it. */
    public Multi<ObjectNode> arrivals() {
        return arrivals.onOverflow().drop();
    }
}
