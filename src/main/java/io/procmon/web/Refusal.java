package io.procmon.web;

import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;

/** The answer to a request that is refused: a status and the reason as text. The message of an exception is not sent. */
public final class Refusal {

    private Refusal() {}

    /**
     * The exception that gives this answer.
     *
     * @param reason what is wrong, and what is valid
     */
    public static WebApplicationException of(Response.Status status, String reason) {
        return new WebApplicationException(reason, answer(Response.status(status), reason));
    }

    /**
     * The exception that gives status 503.
     *
     * @param pause how long the client should wait before it tries again; sent in whole seconds
     */
    public static ServiceUnavailableException after(Duration pause, String reason) {
        return new ServiceUnavailableException(
                reason,
                answer(
                        Response.status(Response.Status.SERVICE_UNAVAILABLE)
                                .header(HttpHeaders.RETRY_AFTER, pause.toSeconds()),
                        reason));
    }

    private static Response answer(Response.ResponseBuilder answer, String reason) {
        return answer.type(MediaType.TEXT_PLAIN_TYPE).entity(reason).build();
    }
}
