package io.procmon.metrics;

import io.procmon.spool.SpoolBooks;

/**
 * The figures of both equations at one moment. They were read against the direction of the data, so nothing has
 * arrived that was not handed over.
 *
 * @param spool what came into the spool, what left it, and what is there
 * @param unreported activities and patterns that were lost to a bug before they were kept
 * @param patterns patterns that were handed to delivery
 * @param images what became of process images
 */
record Books(SpoolBooks spool, long unreported, long patterns, ImageBooks.Page images) {

    /** Activities and patterns on their way into the spool. */
    long inFlight() {
        return images.events() + patterns - unreported - spool.arrived();
    }

    /** All that went wrong. */
    long errors() {
        return images.failed() + spool.allRejected();
    }
}
