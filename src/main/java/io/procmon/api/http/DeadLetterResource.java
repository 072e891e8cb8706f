package io.procmon.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.spool.Spool;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.io.Writer;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;

/**
 * Lists the dead letters, and delivers them again. The resource is served on loopback with the embedded receiver. It is
 * not served with the metrics, because metrics are open to everybody and dead letters name students.
 */
@Path("/api/dead-letters")
@Blocking
public class DeadLetterResource {

    private final Spool spool;

    @Inject
    DeadLetterResource(Spool spool) {
        this.spool = spool;
    }

    /** All dead letters, the oldest first. */
    @Operation(summary = "The activities that the backend rejected, the oldest first: a JSON object in each line")
    @GET
    @Produces("application/x-ndjson")
    @APIResponseSchema(String.class)
    public StreamingOutput list() {
        return out -> {
            try (Reader letters = spool.deadLetters().read();
                    Writer text = new OutputStreamWriter(out, UTF_8)) {
                letters.transferTo(text);
            }
        };
    }

    /**
     * Puts all dead letters back into the spool for delivery.
     *
     * @return the number of activities
     */
    @Operation(summary = "Delivers all rejected activities again")
    @POST
    @Path("/resend")
    public Map<String, Long> resend() throws IOException {
        return Map.of("resent", spool.deadLetters().mark());
    }
}
