package io.procmon.spool;

import io.procmon.events.Report;
import java.time.Instant;

/** A report that has arrived and is not yet in the spool. */
final class Arrival {

    private final Report report;
    private final Instant at;
    private final byte[] record;
    private final Runnable kept;

    /** @param kept runs when the spool has stored the report */
    Arrival(Report report, Instant at, Runnable kept) {
        this.report = report;
        this.at = at;
        this.record = RecordFormat.encode(report, at);
        this.kept = kept;
    }

    /** The entry for this report at a position. */
    Entry entry(long position) {
        return new Entry(position, record.length, at, report);
    }

    byte[] record() {
        return record;
    }

    void kept() {
        kept.run();
    }
}
