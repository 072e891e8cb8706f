package io.procmon.api;

import io.procmon.events.Report;
import io.procmon.spool.DeliveryOutcome;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Where activities go. Whatever happens on the way, the answer is a value. */
public interface Backend {

    /** Where it is, for people; without anything that is secret. */
    String address();

    /** Sends reports together, once. */
    Uni<DeliveryOutcome> send(List<Report> reports);
}
