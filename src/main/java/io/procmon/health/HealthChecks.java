package io.procmon.health;

import io.procmon.classroom.intake.Intake;
import io.procmon.config.Role;
import io.procmon.source.RecordSource;
import io.procmon.spool.Spool;
import io.procmon.stream.Pipeline;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** The checks of liveness, readiness and start-up. */
@ApplicationScoped
public class HealthChecks {

    /** The reader wakes at least every two seconds. Without a wake-up for this time, it counts as hung. */
    private static final Duration HEARTBEAT_LIMIT = Duration.ofSeconds(10);

    /**
     * Alive while the reader wakes regularly. An unavailable backend does not matter, because a restart would not help.
     */
    @Produces
    @Liveness
    HealthCheck live(Instance<RecordSource> node, Role role) {
        if (role.isClassService()) {
            return () -> HealthCheckResponse.up("class");
        }
        RecordSource source = node.get();
        return () -> HealthCheckResponse.named("reader")
                .status(source.sinceHeartbeat().compareTo(HEARTBEAT_LIMIT) < 0)
                .withData("heartbeat_age_ms", source.sinceHeartbeat().toMillis())
                .build();
    }

    /**
     * Alive while each stage that has work makes progress. The watchdog ends the process after a minute without progress.
     */
    @Produces
    @Liveness
    HealthCheck stages(Pipeline pipeline) {
        return () -> {
            List<String> stages = pipeline.watchdog().unhealthy();
            HealthCheckResponseBuilder health =
                    HealthCheckResponse.named("stages").status(stages.isEmpty());
            return stages.isEmpty()
                    ? health.build()
                    : health.withData("no_progress", String.join(", ", stages)).build();
        };
    }

    /** Alive while the spool works. A failed spool stores nothing, and only a restart repairs it. */
    @Produces
    @Liveness
    HealthCheck spool(Instance<Spool> node, Role role) {
        if (role.isClassService()) {
            return () -> HealthCheckResponse.up("store");
        }
        Spool spool = node.get();
        return () ->
                HealthCheckResponse.named("spool").status(!spool.hasFailed()).build();
    }

    /** Ready after the kernel program is attached; the class service is ready while it accepts activities. */
    @Produces
    @Readiness
    HealthCheck ready(Instance<RecordSource> node, Intake intake, Role role) {
        if (role.isClassService()) {
            return () -> HealthCheckResponse.named("taking")
                    .status(intake.isTaking())
                    .build();
        }
        RecordSource source = node.get();
        CompletableFuture<String> started = source.started().toCompletableFuture();
        return () -> HealthCheckResponse.named("attached")
                .status(started.isDone() && !started.isCompletedExceptionally())
                .build();
    }
}
