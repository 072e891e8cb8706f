package io.procmon.api.http;

import io.quarkus.rest.client.reactive.Url;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The REST client of the backend. */
@RegisterRestClient(configKey = "backend")
@RegisterProvider(IdleConnections.class)
interface BackendClient {

    /** Posts one report or a batch. Fails only if the backend does not answer. A null header is not sent. */
    @POST
    Uni<Response> post(
            @Url String url,
            @HeaderParam("Idempotency-Key") String key,
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) String mediaType,
            @HeaderParam(HttpHeaders.CONTENT_ENCODING) String encoding,
            byte[] body);
}
