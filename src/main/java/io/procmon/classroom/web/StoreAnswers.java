package io.procmon.classroom.web;

import io.procmon.classroom.logbook.StoreUnavailable;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers 503 where the store of the class cannot be reached. */
public final class StoreAnswers {

    private static final int RETRY_AFTER_SECONDS = 5;

    /** The answer for any resource; the client may retry. */
    @ServerExceptionMapper
    public Response unavailable(StoreUnavailable store) {
        return Response.status(Response.Status.SERVICE_UNAVAILABLE)
                .header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
                .type(MediaType.TEXT_PLAIN_TYPE)
                .entity(store.getMessage())
                .build();
    }
}
