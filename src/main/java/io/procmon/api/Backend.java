package io.procmon.api;

import io.procmon.events.Report;
import io.procmon.spool.DeliveryOutcome;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** A destination for reports. Each attempt to send ends in a value, never in a failure. */
public interface Backend {

    /** The address for logs and the status page, without secrets. */
    String address();

    /** Sends reports in one request, once. The caller retries. */
    Uni<DeliveryOutcome> send(List<Report> reports);
}
