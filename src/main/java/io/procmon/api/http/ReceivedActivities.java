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
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The latest activities that the embedded receiver accepted, and a stream of new ones. Activities are kept as JSON
 * text: an object with many arguments needs twenty times the memory. Thread-safe.
 */
@ApplicationScoped
public class ReceivedActivities {

    /** An eighth of the default heap. */
    private static final int BYTES_MAX = 8 << 20;

    /** The numbers of one student's activities, the oldest first. */
    private static final class OfStudent {
        private final Deque<Long> oldestFirst = new ArrayDeque<>();
        private int bytes;
    }

    private final Map<String, OfStudent> students = new HashMap<>();

    /** The activities by the order of arrival. */
    private final SortedMap<Long, byte[]> latest = new TreeMap<>();

    private final BroadcastProcessor<ObjectNode> arrivals = BroadcastProcessor.create();
    private final ObjectWriter json;
    private final int capacity;
    private final int bytesMax;
    private int bytes;
    private long number;

    @Inject
    public ReceivedActivities(ProcmonConfig config, ObjectMapper json) {
        this(config.receiver().capacity(), BYTES_MAX, json);
    }

    ReceivedActivities(int capacity, int bytesMax, ObjectMapper json) {
        this.capacity = capacity;
        this.bytesMax = bytesMax;
        this.json = json.writer();
    }

    /**
     * Keeps an activity. Above the limit of number or memory, the oldest activity of the student with the most
     * activities or bytes is dropped.
     */
    public void add(ObjectNode activity) {
        String student = activity.path("class_div").asText()
                + '/'
                + activity.path("student_id").asText();
        byte[] text = json(activity);
        synchronized (latest) {
            OfStudent own = students.computeIfAbsent(student, _ -> new OfStudent());
            own.oldestFirst.addLast(number);
            own.bytes += text.length;
            bytes += text.length;
            latest.put(number++, text);
            while (latest.size() > capacity || bytes > bytesMax) {
                forgetOldestOfLargest();
            }
        }
        arrivals.onNext(activity);
    }

    private void forgetOldestOfLargest() {
        Map.Entry<String, OfStudent> largest = students.entrySet().stream()
                .max(Comparator.comparingInt(student -> student.getValue().bytes))
                .orElseThrow();
        OfStudent student = largest.getValue();
        int freed = latest.remove(student.oldestFirst.removeFirst()).length;
        student.bytes -= freed;
        bytes -= freed;
        if (student.oldestFirst.isEmpty()) {
            students.remove(largest.getKey());
        }
    }

    /** The kept activities as JSON, the oldest first. */
    public List<byte[]> latest() {
        synchronized (latest) {
            return List.copyOf(latest.values());
        }
    }

    /** The activities that arrive from now on. A subscriber that is too slow misses some. */
    public Multi<ObjectNode> arrivals() {
        return arrivals.onOverflow().drop();
    }

    private byte[] json(ObjectNode activity) {
        try {
            return json.writeValueAsBytes(activity);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("JSON that was parsed can be written", e);
        }
    }
}
