package io.procmon.api.http;

import io.vertx.core.http.HttpClientOptions;
import jakarta.ws.rs.ext.ContextResolver;
import java.time.Duration;

/**
 * The check for connections that no request has used for a minute. By default, the client checks every second, and so
 * wakes the process at rest.
 */
public final class IdleConnections implements ContextResolver<HttpClientOptions> {

    private static final Duration CHECK_PAUSE = Duration.ofSeconds(10);

    @Override
    public HttpClientOptions getContext(Class<?> type) {
        return new HttpClientOptions().setPoolCleanerPeriod((int) CHECK_PAUSE.toMillis());
    }
}
