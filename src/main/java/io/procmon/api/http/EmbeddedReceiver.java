package io.procmon.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.config.ProcmonConfig;
import io.procmon.config.Role;
import io.procmon.report.JcodeDialect;
import io.procmon.web.ActivityReceiver;
import io.procmon.web.Listeners;
import io.procmon.web.Refusal;
import io.smallrye.mutiny.Multi;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestStreamElementType;

/**
 * A stand-in for the backend on a laptop. It accepts the same requests, keeps the latest activities in memory, and
 * shows them. It is off when a backend is configured. Its server listens on loopback only.
 */
@Singleton
@Path("/api")
public class EmbeddedReceiver implements ActivityReceiver {

    /** The dialect that it accepts. */
    static final String DIALECT = JcodeDialect.NAME;

    private final ProcmonConfig config;
    private final Role role;
    private final ReceivedActivities activities;

    private final Listeners listeners = new Listeners();

    @Inject
    EmbeddedReceiver(ProcmonConfig config, Role role, ReceivedActivities activities) {
        this.config = config;
        this.role = role;
        this.activities = activities;
    }

    /**
     * Whether the receiver works: only without a backend, and only on a node. The class service keeps activities in its
     * store instead.
     */
    @Override
    public boolean isOpen() {
        return config.api().endpoint().isEmpty() && !config.kafka().enabled() && !role.isClassService();
    }

    @Override
    public void receive(List<ObjectNode> events) {
        events.forEach(activities::add);
    }

    /** The latest activities, the oldest first. */
    @Operation(summary = "The latest activities, the oldest first")
    @GET
    @Path("/activities")
    @Produces(MediaType.APPLICATION_JSON)
    @APIResponseSchema(Object[].class)
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
        if (!isOpen()) {
            throw Refusal.of(Response.Status.NOT_FOUND, "the embedded receiver is off: activities go to a backend");
        }
    }
}
