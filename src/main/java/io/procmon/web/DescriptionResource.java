package io.procmon.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** Serves the description of the HTTP resources (OpenAPI 3.1), which the build generates from their annotations. */
@Path("/api/openapi.json")
public class DescriptionResource {

    @Operation(hidden = true)
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public byte[] description() throws IOException {
        try (InputStream description = DescriptionResource.class.getResourceAsStream("/openapi/openapi.json")) {
            return description.readAllBytes();
        }
    }
}
