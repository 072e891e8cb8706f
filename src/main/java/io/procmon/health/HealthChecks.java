package io.procmon.health;

import io.procmon.source.RecordSource;
import io.procmon.spool.Spool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** What the orchestrator asks: is it alive, and does it watch? */
@ApplicationScoped
public class HealthChecks {

    /** The reader wakes at least every two seconds: after this time it hangs. */
    private static final Duration HEARTBEAT_LIMIT = Duration.ofSeconds(10);

    /** Alive as long as the reader moves; also while the backend is away, when there is nothing to restart for. */
    @Produces
    @Liveness
    HealthCheck live(RecordSource source) {
        return () -> HealthCheckResponse.named("reader")
                .status(source.sinceHeartbeat().compareTo(HEARTBEAT_LIMIT) < 0)
                .withData("heartbeat_age_ms", source.sinceHeartbeat().toMillis())
                .build();
    }

    /** A spool that has failed keeps nothing any more, and only a restart mends that. */
    @Produces
    @Liveness
    HealthCheck spool(Spool spool) {
        return () ->
                HealthCheckResponse.named("spool").status(!spool.hasFailed()).build();
    }

    /** Ready once the kernel program is attached. */
    @Produces
    @Readiness
    HealthCheck ready(RecordSource source) {
        CompletableFuture<String> started = source.started().toCompletableFuture();
        return () -> HealthCheckResponse.named("attached")
                .status(started.isDone() && !started.isCompletedExceptionally())
                .build();
    }
}
