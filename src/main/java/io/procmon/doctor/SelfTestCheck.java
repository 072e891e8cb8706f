package io.procmon.doctor;

import io.procmon.source.RecordSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Startup;

/**
 * The start-up check. It is up after procmon has received its own test exec from this kernel, with the service's
 * privileges. The test runs at the first request, and again after a failure.
 */
@Startup
@ApplicationScoped
public class SelfTestCheck implements HealthCheck {

    private static final String NAME = "self-test";

    private final RecordSource source;
    private CompletableFuture<Finding> test =
            CompletableFuture.completedFuture(Finding.missing(NAME, "not run yet", ""));

    public SelfTestCheck(RecordSource source) {
        this.source = source;
    }

    @Override
    public HealthCheckResponse call() {
        CompletableFuture<String> attached = source.started().toCompletableFuture();
        if (!attached.isDone() || attached.isCompletedExceptionally()) {
            return HealthCheckResponse.named(NAME)
                    .down()
                    .withData("observation", "not attached")
                    .build();
        }
        if (!source.isLive()) {
            return HealthCheckResponse.named(NAME)
                    .up()
                    .withData("observation", "a recorded session")
                    .build();
        }
        Finding finding = testUnderWay().getNow(Finding.degraded(NAME, "under way", ""));
        return HealthCheckResponse.named(NAME)
                .status(finding.verdict() == Finding.Verdict.OK)
                .withData("observation", finding.observation())
                .build();
    }

    private synchronized CompletableFuture<Finding> testUnderWay() {
        if (test.isDone() && test.join().verdict() != Finding.Verdict.OK) {
            test = new CompletableFuture<>();
            CompletableFuture<Finding> begun = test;
            Thread.ofPlatform().name(NAME).daemon().start(() -> begun.complete(make()));
        }
        return test;
    }

    private static Finding make() {
        String hostname = Machine.here().text("/proc/sys/kernel/hostname").orElse("");
        try {
            return new SelfTest(hostname, UUID.randomUUID().toString()).finding();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Finding.missing(NAME, "interrupted", "");
        }
    }
}
