package io.procmon.health;

import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.config.ProcmonConfig;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Whether the class register is on disk, if the configuration requires it, at {@code /q/health/well}. Neither liveness
 * nor readiness depends on it: if the disk is full, events still reach the backend, and a restart would lose the
 * entries in memory.
 */
@Wellness
@ApplicationScoped
public class LogbookHealth implements HealthCheck {

    private final ClassRegister register;
    private final boolean hasDirectory;

    @Inject
    LogbookHealth(ClassRegister register, ProcmonConfig config) {
        this.register = register;
        this.hasDirectory = config.spool().dir().isPresent();
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("logbook")
                .status(register.isOnDisk() || !hasDirectory)
                .withData("on_disk", register.isOnDisk())
                .build();
    }
}
