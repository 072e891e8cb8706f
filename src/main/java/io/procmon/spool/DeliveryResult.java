package io.procmon.spool;

import io.procmon.events.Report;

/**
 * An entry of the spool, and the outcome of an attempt to deliver it.
 *
 * @param entry the entry
 * @param outcome the outcome
 */
public record DeliveryResult(Entry entry, DeliveryOutcome outcome) {

    /** The report of the entry. */
    public Report report() {
        return entry.report();
    }

    /** Whether the entry leaves the spool. */
    public boolean isFinal() {
        return switch (outcome) {
            case DeliveryOutcome.Delivered _, DeliveryOutcome.Rejected _ -> true;
            case DeliveryOutcome.Failed _, DeliveryOutcome.Postponed _ -> false;
        };
    }
}
