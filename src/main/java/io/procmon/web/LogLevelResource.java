package io.procmon.web;

import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logmanager.Level;
import org.jboss.resteasy.reactive.RestPath;

/**
 * Changes log levels at run time, for example to DEBUG during a diagnosis, without a restart. A category is a package
 * or a class, such as {@code io.procmon.api}. A restart resets the levels.
 */
@Singleton
@Path("/api/log-levels")
public class LogLevelResource {

    private static final Map<String, java.util.logging.Level> LEVELS =
            Map.of("DEBUG", Level.DEBUG, "INFO", Level.INFO, "WARNING", Level.WARN, "ERROR", Level.ERROR);

    /** Strong references: the log manager would drop an unreferenced logger together with its level. */
    private final Map<String, Logger> changed = new TreeMap<>();

    /** The changed categories and their levels. */
    @Operation(summary = "The log categories that were changed, and their levels")
    @GET
    public synchronized Map<String, String> levels() {
        return changed.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> name(entry.getValue().getLevel()), (one, _) -> one, TreeMap::new));
    }

    /** Sets the level of a category. */
    @Operation(summary = "Sets the level of a log category")
    @PUT
    @Path("/{category}")
    @Consumes(MediaType.WILDCARD)
    public synchronized Response set(@RestPath String category, String level) {
        java.util.logging.Level wanted = Optional.ofNullable(LEVELS.get(level.strip()))
                .orElseThrow(() -> Refusal.of(Response.Status.BAD_REQUEST, "a level is one of " + LEVELS.keySet()));
        Logger logger = Logger.getLogger(category);
        logger.setLevel(wanted);
        changed.put(category, logger);
        return Response.noContent().build();
    }

    /** Resets a category to the level of its parent. */
    @Operation(summary = "Resets the level of a log category")
    @DELETE
    @Path("/{category}")
    public synchronized Response reset(@RestPath String category) {
        Optional.ofNullable(changed.remove(category)).ifPresent(logger -> logger.setLevel(null));
        return Response.noContent().build();
    }

    private static String name(java.util.logging.Level level) {
        return LEVELS.entrySet().stream()
                .filter(known -> known.getValue().equals(level))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(level.getName());
    }
}
