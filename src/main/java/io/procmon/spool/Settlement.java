package io.procmon.spool;

import java.time.Duration;

/** What the delivery says of a report that it was given. */
sealed interface Settlement {

    /** Which it was. */
    Entry entry();

    /** It need not be kept any more. */
    record Done(Entry entry) implements Settlement {}

    /** Nobody will ever take it: a letter for people. */
    record Dead(Entry entry, DeadLetter letter) implements Settlement {}

    /** It is to be tried again, not before some time has passed. */
    record Later(Entry entry, Duration pause) implements Settlement {}
}
