package io.procmon.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A way to deliver activities, measured separately.
 *
 * @param name the name in the table
 * @param spooled whether activities wait on disk, or in memory
 * @param kafka whether they go to Kafka
 * @param more further settings of procmon
 */
record Delivery(String name, boolean spooled, boolean kafka, Map<String, String> more) {

    /** Four ways of delivery: without the spool, with the spool, in batches, and to Kafka. */
    static final Delivery[] ALL = {
        new Delivery("delivery, no disk", false, false, Map.of()),
        new Delivery("delivery, one by one", true, false, Map.of()),
        new Delivery(
                "delivery, batches of 100",
                true,
                false,
                Map.of("PROCMON_API_DIALECT", "generic", "PROCMON_API_BATCH_SIZE", "100")),
        new Delivery("delivery, to Kafka", true, true, Map.of())
    };

    BenchReceiver receiver(Workbench workbench, String tag) throws IOException {
        return kafka ? BenchReceiver.kafka(workbench) : BenchReceiver.http(workbench, tag);
    }

    /** Starts procmon, and waits until it has counted an activity. */
    Metered start(ProcmonTracer procmon, BenchReceiver receiver) throws IOException {
        Workbench workbench = procmon.workbench();
        int metrics = ProcmonTracer.freePort();
        Path log = workbench.program("procmon.log");
        Map<String, String> environment = new HashMap<>(receiver.environment());
        environment.put("API_TIMEOUT", "120"); // a suspended receiver does not count as unavailable
        environment.putAll(spooled ? procmon.spool() : Map.of("PROCMON_SPOOL_MEMORY_SIZE", "256M"));
        environment.putAll(more);
        return new Metered(procmon.launch(metrics, log, environment), metrics, Metered.DELIVERED, log);
    }
}
