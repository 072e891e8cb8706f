package io.procmon.classroom.web;

import io.procmon.web.Refusal;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Serves the page: a few files from the class path. A content security policy tells the browser to load nothing from
 * elsewhere. Quarkus' static files are not used, because Vert.x unpacks them to a disk that may be read-only.
 */
@Path("/")
public class PageResource {

    private static final String SCRIPT = "text/javascript;charset=UTF-8";

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("index.html", "text/html;charset=UTF-8"),
            Map.entry("page.css", "text/css;charset=UTF-8"),
            Map.entry("page.js", SCRIPT),
            Map.entry("elements.js", SCRIPT),
            Map.entry("funnel.js", SCRIPT),
            Map.entry("help.js", SCRIPT),
            Map.entry("names.js", SCRIPT),
            Map.entry("rates.js", SCRIPT),
            Map.entry("rows.js", SCRIPT),
            Map.entry("story.js", SCRIPT),
            Map.entry("student.js", SCRIPT),
            Map.entry("timeline.js", SCRIPT),
            Map.entry("words.js", SCRIPT));

    private static final String POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /** The HTML file. */
    @GET
    public Response page() throws IOException {
        return file("index.html");
    }

    /** The style sheets and scripts. */
    @GET
    @Path("/{name: [a-z]+[.](css|js)}")
    public Response part(@RestPath String name) throws IOException {
        return file(name);
    }

    private static Response file(String name) throws IOException {
        if (!TYPES.containsKey(name)) {
            throw Refusal.of(Response.Status.NOT_FOUND, "there is no file of this name");
        }
        try (InputStream file = PageResource.class.getResourceAsStream("/web/" + name)) {
            return Response.ok(file.readAllBytes(), TYPES.get(name))
                    .header("Content-Security-Policy", POLICY)
                    .header("X-Content-Type-Options", "nosniff")
                    .header("Referrer-Policy", "no-referrer")
                    .header("Cache-Control", "no-cache")
                    .build();
        }
    }
}
