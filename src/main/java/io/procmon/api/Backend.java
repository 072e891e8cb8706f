package io.procmon.api;

import io.procmon.events.Report;
import io.procmon.spool.DeliveryOutcome;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/** A destination for reports. Each attempt to send ends in a value, never in a failure. */
public interface Backend {

    /** The address for logs and the status page, without secrets. */
    String address();

    /** Where requests should begin; empty if beginning a request may take long, so that it needs a thread of its own. */
    default Optional<Executor> executor() {
        return Optional.empty();
    }

    /** Sends reports in one request, once. The caller retries. */
    Uni<DeliveryOutcome> send(List<Report> reports);
}
