package io.procmon.live;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The meters at one moment, in Prometheus' text format.
 *
 * @param lines a line for each time series, without comments
 */
record Metrics(List<String> lines) {

    static Metrics parse(String text) {
        return new Metrics(text.lines().filter(line -> !line.startsWith("#")).toList());
    }

    /** The sum of a meter's time series; 0 if there are none yet. */
    long of(String name) {
        return sum(name, "");
    }

    /** The value of one time series; 0 if there is none yet. */
    long of(String name, String label, String value) {
        return sum(name, "%s=\"%s\"".formatted(label, value));
    }

    /** The number of images that were stopped for a reason. */
    long stopped(String reason) {
        return of("procmon_process_images_stopped_total", "reason", reason);
    }

    /** The number of received images. */
    long received() {
        return of("procmon_process_images_received_total");
    }

    /** The number of activities that were handed to delivery. */
    long events() {
        return of("procmon_events_total");
    }

    /** The number of activities that are being written to the spool. */
    long inFlight() {
        return of("procmon_activities_in_flight");
    }

    /** Whether no activity waits for the backend or is being written. */
    boolean allDecided() {
        return inFlight() == 0 && of("procmon_spool_activities") == 0;
    }

    /** Whether the equations of the metrics hold. They hold whenever no value changes. */
    boolean balanced() {
        return received()
                        == of("procmon_process_images_stopped_total")
                                + of("procmon_process_images_failed_total")
                                + of("procmon_activities_running")
                                + events()
                && events()
                                + of("procmon_patterns_reported_total")
                                + of("procmon_spool_recovered_total")
                                + of("procmon_spool_resent_total")
                        == of("procmon_activities_delivered_total")
                                + of("procmon_activities_rejected_total")
                                + of("procmon_activities_given_up_total")
                                + of("procmon_spool_activities")
                                + inFlight();
    }

    /** Whether the equations hold, and include all records of the kernel. */
    boolean complete() {
        // The reader refuses execs of a container that holds its share of the memory for bursts.
        long refused = of("procmon_kernel_losses_total", "cause", "exec_over_share");
        return balanced() && received() + refused == of("procmon_kernel_exec_records_total");
    }

    /** Our own meters. */
    @Override
    public String toString() {
        return lines.stream().filter(line -> line.startsWith("procmon_")).collect(Collectors.joining("\n"));
    }

    private long sum(String name, String label) {
        return (long) lines.stream()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .filter(line -> line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
