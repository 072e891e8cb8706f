package io.procmon.report;

import io.procmon.events.Report;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** How a backend wants to be told. Implementations are beans; {@code procmon.api.dialect} chooses one by its name. */
public interface Dialect {

    /** The name that the configuration uses. */
    String name();

    /** Where a report is posted: a path with its parts percent-encoded, starting with a slash. */
    String path(Report report);

    /** What is posted. */
    String body(Report report);

    /** What the body is. */
    default String mediaType() {
        return MediaType.APPLICATION_JSON;
    }

    /** Whether a backend that is spoken to so knows of patterns, and not of builds and runs alone. */
    default boolean knowsPatterns() {
        return true;
    }

    /** What an array of bodies is; empty if reports have paths of their own, and cannot share a request. */
    default Optional<String> batchMediaType() {
        return Optional.empty();
    }
}
