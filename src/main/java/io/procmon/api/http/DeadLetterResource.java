package io.procmon.api.http;

import io.procmon.spool.Spool;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the backend would not take: to be read, and to be sent again. It is served where the embedded receiver is, on
 * loopback, and not beside the metrics: those are for everybody, and dead letters name students.
 */
@Path("/api/dead-letters")
@Blocking
public class DeadLetterResource {

    @Inject
    Spool spool;

    /** All dead letters, the oldest first. */
    @GET
    @Produces("application/x-ndjson")
    public String list() throws IOException {
        return spool.deadLetters().lines().stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    /** Sends all dead letters again. */
    @POST
    @Path("/resend")
    public Map<String, Long> resend() throws IOException {
        return Map.of("resent", spool.deadLetters().mark());
    }
}
