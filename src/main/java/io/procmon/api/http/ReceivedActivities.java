package io.procmon.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.config.ProcmonConfig;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The latest activities that the embedded receiver took, and those to come. It keeps them as JSON: as objects, an activity
 * with many arguments takes twenty times the memory. Thread-safe.
 */
@ApplicationScoped
public class ReceivedActivities {

    /** An eighth of the heap that the service comes with. */
    private static final int BYTES_MAX = 8 << 20;

    private final Deque<byte[]> latest = new ArrayDeque<>();
    private final BroadcastProcessor<ObjectNode> arrivals = BroadcastProcessor.create();
    private final ObjectWriter json;
    private final int capacity;
    private final int bytesMax;
    private int bytes;

    @Inject
    public ReceivedActivities(ProcmonConfig config, ObjectMapper json) {
        this(config.receiver().capacity(), BYTES_MAX, json);
    }

    ReceivedActivities(int capacity, int bytesMax, ObjectMapper json) {
        this.capacity = capacity;
        this.bytesMax = bytesMax;
        this.json = json.writer();
    }

    /** Keeps an activity, and forgets the oldest ones if there are too many, or if they take too much memory. */
    public void add(ObjectNode activity) {
        byte[] text = json(activity);
        synchronized (latest) {
            latest.addLast(text);
            bytes += text.length;
            while (latest.size() > capacity || bytes > bytesMax) {
                bytes -= latest.removeFirst().length;
            }
        }
        arrivals.onNext(activity);
    }

    /** What is kept, as JSON, the oldest first. */
    public List<byte[]> latest() {
        synchronized (latest) {
            return List.copyOf(latest);
        }
    }

    /** What arrives from now on. A listener that is too slow misses some: nothing waits for it. */
    public Multi<ObjectNode> arrivals() {
        return arrivals.onOverflow().drop();
    }

    private byte[] json(ObjectNode activity) {
        try {
            return json.writeValueAsBytes(activity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what was read as JSON can be written as JSON", e);
        }
    }
}
