package io.procmon.classroom.web;

import io.procmon.classroom.logbook.StoreUnavailable;
import io.procmon.web.Refusal;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Answers 503 where the store of the class cannot be reached. */
public final class StoreAnswers {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** The answer for any resource; the client may retry. */
    @ServerExceptionMapper
    public Response unavailable(StoreUnavailable store) {
        return Refusal.after(RETRY_AFTER, store.getMessage()).getResponse();
    }
}
