package io.procmon.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.arc.All;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/**
 * Receives activities with procmon's contract for backends: the paths of the dialect {@code jcode}, and
 * {@code /api/events} for {@code generic} and {@code cloudevents}, single and batched.
 */
@Singleton
@Path("/api")
public class ActivitiesResource {

    /**
     * The largest uncompressed request: a thousand usual activities. Without a limit, a small compressed request could
     * need any amount of memory. A client must split a larger batch.
     */
    private static final int BYTES_MAX = 8 << 20;

    private static final String GZIP = "gzip";

    private final List<ActivityReceiver> receivers;
    private final ObjectMapper json;
    private final NodeCheck nodes;

    @Inject
    ActivitiesResource(@All List<ActivityReceiver> receivers, ObjectMapper json, NodeCheck nodes) {
        this.receivers = receivers;
        this.json = json;
        this.nodes = nodes;
    }

    /** Receives an activity of the dialect {@code jcode}. */
    @Operation(summary = "Accepts an activity, as a backend of the jcode dialect does")
    @POST
    @Path("/{class_div}/{homework}/{student}/logs/{kind: build|run}")
    public Map<String, String> receive(
            @PathParam("class_div") String classDiv,
            @PathParam("homework") String homework,
            @PathParam("student") String student,
            @PathParam("kind") String kind,
            ObjectNode activity,
            RoutingContext request) {
        ActivityReceiver receiver = receiver();
        if (activity == null) {
            throw Refusal.of(Response.Status.BAD_REQUEST, "an activity is a JSON object");
        }
        activity.put("class_div", classDiv)
                .put("homework_dir", homework)
                .put("student_id", student)
                .put("kind", kind);
        receive(receiver, List.of(activity), request);
        return Map.of("status", "success", "event_id", activity.path("event_id").asText());
    }

    /** Receives an event or an array of events of the dialects {@code generic} and {@code cloudevents}. */
    @Operation(summary = "Accepts events, as a backend of the dialects generic and cloudevents does")
    @POST
    @Path("/events")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> receive(
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding, byte[] body, RoutingContext request) {
        ActivityReceiver receiver = receiver();
        List<ObjectNode> events = events(body, GZIP.equalsIgnoreCase(encoding));
        receive(receiver, events, request);
        return Map.of("status", "success", "events", events.size());
    }

    private ActivityReceiver receiver() {
        return receivers.stream()
                .filter(ActivityReceiver::isOpen)
                .findFirst()
                .orElseThrow(() -> Refusal.of(
                        Response.Status.NOT_FOUND, "this procmon receives no activities: they go to a backend"));
    }

    private void receive(ActivityReceiver receiver, List<ObjectNode> events, RoutingContext request) {
        requireOwn(events, request.get(NodeCheck.NODE));
        try {
            receiver.receive(events);
        } catch (InvalidActivity e) {
            throw Refusal.of(Response.Status.BAD_REQUEST, e.getMessage());
        } catch (IllegalStateException e) {
            throw Refusal.of(Response.Status.SERVICE_UNAVAILABLE, e.getMessage());
        }
    }

    /**
     * Rejects events of another node. A node with its own token may report only for itself. A pattern names no node;
     * the class service computes its own patterns.
     */
    private void requireOwn(List<ObjectNode> events, String node) {
        if (node == null && nodes.needToken()) { // the access check does not know a path of this form
            throw Refusal.of(Response.Status.UNAUTHORIZED, "this request has no token of a node");
        }
        if (node == null || node.equals(NodeTokens.ANY)) {
            return;
        }
        for (ObjectNode event : events) {
            if (event.has("node") && !event.path("node").asText().equals(node)) {
                throw Refusal.of(
                        Response.Status.FORBIDDEN,
                        "the token belongs to another node than the event: set PROCMON_NODE to the name in the file of tokens");
            }
        }
    }

    private List<ObjectNode> events(byte[] body, boolean compressed) {
        List<ObjectNode> events = new ArrayList<>();
        JsonNode root = tree(compressed ? decompressed(body) : body);
        if (root.isArray()) {
            root.forEach(event -> events.add(event(event)));
        } else {
            events.add(event(root));
        }
        return events;
    }

    /** The event without the envelope of CloudEvents. */
    private static ObjectNode event(JsonNode event) {
        JsonNode data = event.has("specversion") ? event.path("data") : event;
        if (data instanceof ObjectNode object) {
            return object;
        }
        throw Refusal.of(Response.Status.BAD_REQUEST, "an event is a JSON object");
    }

    private JsonNode tree(byte[] text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw Refusal.of(Response.Status.BAD_REQUEST, "the body is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw Refusal.of(Response.Status.BAD_REQUEST, "the body is not JSON");
        }
    }

    private static byte[] decompressed(byte[] body) {
        byte[] text;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            text = in.readNBytes(BYTES_MAX + 1);
        } catch (IOException e) {
            throw Refusal.of(
                    Response.Status.BAD_REQUEST, "the body is not compressed with gzip, although its header says so");
        }
        if (text.length > BYTES_MAX) {
            throw Refusal.of(
                    Response.Status.REQUEST_ENTITY_TOO_LARGE,
                    "a request has at most %d MiB".formatted(BYTES_MAX >> 20));
        }
        return text;
    }
}
