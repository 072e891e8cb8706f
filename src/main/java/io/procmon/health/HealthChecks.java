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

/** The checks of liveness, readiness and start-up. */
@ApplicationScoped
public class HealthChecks {

    /** The reader wakes at least every two seconds. After this time without a wake-up, it hangs. */
    private static final Duration HEARTBEAT_LIMIT = Duration.ofSeconds(10);

    /**
     * Alive while the reader wakes regularly. An unavailable backend does not matter, because a restart would not help.
     */
    @Produces
    @Liveness
    HealthCheck live(RecordSource source) {
        return () -> HealthCheckResponse.named("reader")
                .status(source.sinceHeartbeat().compareTo(HEARTBEAT_LIMIT) < 0)
                .withData("heartbeat_age_ms", source.sinceHeartbeat().toMillis())
                .build();
    }

    /** Alive while the spool works. A failed spool stores nothing, and only a restart repairs it. */
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
