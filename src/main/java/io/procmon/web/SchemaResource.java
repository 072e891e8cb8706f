package io.procmon.web;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Serves the JSON Schemas (draft 2020-12) of the bodies that a backend receives, for authors of backends. A schema
 * allows fields that it does not list, because a later procmon may send more.
 */
@Path("/api/schema")
public class SchemaResource {

    /** One schema for each dialect; the dialect jcode has one for each path. */
    static final List<String> NAMES = List.of("cloudevents.json", "generic.json", "jcode-build.json", "jcode-run.json");

    @Operation(summary = "The names of the JSON Schemas")
    @GET
    public List<String> names() {
        return NAMES;
    }

    @Operation(summary = "The JSON Schema of a body that a backend receives")
    @GET
    @Path("/{name}")
    @Produces("application/schema+json")
    public byte[] schema(@RestPath String name) throws IOException {
        if (!NAMES.contains(name)) {
            throw Refusal.of(Response.Status.NOT_FOUND, "there is no schema '%s'; there are %s".formatted(name, NAMES));
        }
        try (InputStream schema = SchemaResource.class.getResourceAsStream("/schema/" + name)) {
            return schema.readAllBytes();
        }
    }
}
