package io.procmon.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.config.ProcmonConfig;
import io.procmon.report.JcodeDialect;
import io.procmon.web.Listeners;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestStreamElementType;

/**
 * A stand-in for the backend on a laptop. It accepts the same requests, keeps the latest activities in memory, and
 * shows them. It is off when a backend is configured. Its server listens on loopback only.
 */
@Singleton
@Path("/api")
public class EmbeddedReceiver {

    /** The dialect that it accepts. */
    static final String DIALECT = JcodeDialect.NAME;

    private final ProcmonConfig config;
    private final ReceivedActivities activities;

    private final Listeners listeners = new Listeners();

    @Inject
    EmbeddedReceiver(ProcmonConfig config, ReceivedActivities activities) {
        this.config = config;
        this.activities = activities;
    }

    /** Accepts an activity, as the backend would. */
    @Operation(summary = "Accepts an activity, as a backend of the jcode dialect does")
    @POST
    @Path("/{class_div}/{homework}/{student: [0-9]+}/logs/{kind: build|run}")
    public Map<String, String> receive(
            @PathParam("class_div") String classDiv,
            @PathParam("homework") String homework,
            @PathParam("student") String student,
            @PathParam("kind") String kind,
            ObjectNode activity) {
        requireEmbedded();
        if (activity == null) {
            throw new BadRequestException("an activity is a JSON object");
        }
        activity.put("class_div", classDiv)
                .put("homework_dir", homework)
                .put("student_id", student)
                .put("kind", kind);
        activities.add(activity);
        return Map.of("status", "success", "event_id", activity.path("event_id").asText());
    }

    /** The latest activities, the oldest first. */
    @Operation(summary = "The latest activities, the oldest first")
    @GET
    @Path("/activities")
    @Produces(MediaType.APPLICATION_JSON)
    public StreamingOutput latest() {
        requireEmbedded();
        List<byte[]> kept = activities.latest();
        return out -> {
            out.write('[');
            for (int i = 0; i < kept.size(); i++) {
                if (i > 0) {
                    out.write(',');
                }
                out.write(kept.get(i));
            }
            out.write(']');
        };
    }

    /** A stream of the activities that arrive from now on, as server-sent events. */
    @Operation(summary = "A stream of the activities that arrive from now on, as server-sent events")
    @GET
    @Path("/activities")
    @Produces(MediaType.SERVER_SENT_EVENTS + ";qs=0.5")
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    public Multi<ObjectNode> arrivals() {
        requireEmbedded();
        return listeners.admit(activities.arrivals());
    }

    private void requireEmbedded() {
        if (config.api().endpoint().isPresent() || config.kafka().enabled()) {
            throw new NotFoundException("the embedded receiver is off: activities go to a backend");
        }
    }
}
