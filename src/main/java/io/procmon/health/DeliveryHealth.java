package io.procmon.health;

import io.procmon.api.Delivery;
import io.procmon.spool.Spool;
import io.procmon.spool.SpoolLevel;
import io.smallrye.health.api.HealthGroup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

/**
 * The health of delivery, at {@code /q/health/group/delivery}. It has its own group, because liveness and readiness
 * must not depend on it: a restart of procmon does not repair a backend.
 */
@HealthGroup("delivery")
@ApplicationScoped
public class DeliveryHealth implements HealthCheck {

    private final Delivery delivery;
    private final Spool spool;

    @Inject
    DeliveryHealth(Delivery delivery, Spool spool) {
        this.delivery = delivery;
        this.spool = spool;
    }

    @Override
    public HealthCheckResponse call() {
        SpoolLevel level = spool.level();
        HealthCheckResponseBuilder health = HealthCheckResponse.named("backend")
                .status(!delivery.isBackendAway())
                .withData("circuit", delivery.circuitState())
                .withData("waiting", level.reports())
                .withData("under_way", level.underWay())
                .withData("on_disk", level.onDisk());
        level.oldest()
                .ifPresent(oldest -> health.withData(
                        "oldest_age_seconds",
                        Duration.between(oldest, Instant.now()).toSeconds()));
        spool.timeToDrain().ifPresent(time -> health.withData("drain_seconds", time.toSeconds()));
        return health.build();
    }
}
