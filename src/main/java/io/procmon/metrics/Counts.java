package io.procmon.metrics;

import io.procmon.spool.SpoolCounts;

/**
 * The figures of both equations at one moment. They are read in the order opposite to the data flow, so that each
 * activity that a later stage has counted is counted by the earlier stages, too.
 *
 * @param spool the figures of the spool
 * @param unreported activities and patterns that a bug dropped before they were stored
 * @param patterns patterns that were handed to delivery
 * @param images the figures of process images
 */
record Counts(SpoolCounts spool, long unreported, long patterns, ImageCounter.Snapshot images) {

    /** The number of activities and patterns that are being written to the spool. */
    long inFlight() {
        return images.events() + patterns - unreported - spool.arrived();
    }

    /** The number of failed images and rejected activities. */
    long errors() {
        return images.failed() + spool.allRejected();
    }
}
