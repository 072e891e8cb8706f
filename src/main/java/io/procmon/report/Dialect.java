package io.procmon.report;

import io.procmon.events.Report;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/**
 * The form in which a backend receives reports. Implementations are beans; {@code procmon.api.dialect} selects one by
 * its name.
 */
public interface Dialect {

    /** The name in the configuration. */
    String name();

    /** The path of the request: starts with a slash, and its segments are percent-encoded. */
    String path(Report report);

    /** The body of the request. */
    String body(Report report);

    /** The media type of the body. */
    default String mediaType() {
        return MediaType.APPLICATION_JSON;
    }

    /** Whether the dialect can express patterns, and not only builds and runs. */
    default boolean knowsPatterns() {
        return true;
    }

    /**
     * The media type of an array of bodies; empty if each report has its own path and reports cannot share a request.
     */
    default Optional<String> batchMediaType() {
        return Optional.empty();
    }
}
