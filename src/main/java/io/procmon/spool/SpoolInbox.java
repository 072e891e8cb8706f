package io.procmon.spool;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * The input of the thread {@code spool} from other threads: new reports and outcomes of deliveries. A thread that sleeps here
 * is woken by both; a thread that is awake is not woken, because a wake-up costs more than an element. A thread that has
 * little to do after a delivery may ask not to be woken by it, because it wakes soon by itself.
 */
final class SpoolInbox {

    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();
    private final Queue<DeliveryResult> settlements = new ConcurrentLinkedQueue<>();
    private volatile Thread reader;
    private volatile boolean asleep;
    private volatile boolean deliveriesWait;

    void add(Arrival arrival) {
        arrivals.add(arrival);
        wakeSleeper();
    }

    void add(DeliveryResult result) {
        settlements.add(result);
        if (!deliveriesWait || !(result.outcome() instanceof DeliveryOutcome.Delivered)) {
            wakeSleeper();
        }
    }

    /** Sets the thread that reads. */
    void readBy(Thread thread) {
        reader = thread;
    }

    /** Announces work that must be done at once. */
    void wake() {
        LockSupport.unpark(reader);
    }

    /** The next new report, or null. */
    Arrival nextArrival() {
        return arrivals.poll();
    }

    /** The next outcome of a delivery, or null. */
    DeliveryResult nextSettlement() {
        return settlements.poll();
    }

    boolean hasArrivals() {
        return !arrivals.isEmpty();
    }

    boolean hasSettlements() {
        return !settlements.isEmpty();
    }

    boolean isEmpty() {
        return arrivals.isEmpty() && settlements.isEmpty();
    }

    /** Sleeps for a short time although something may be here, so that more can arrive. */
    void linger(long nanos) {
        asleep = isEmpty();
        LockSupport.parkNanos(this, nanos);
        asleep = false;
    }

    /**
     * Sleeps until something arrives, for this time at most. Announces the sleep first, so that no arrival is missed.
     *
     * @param untilDelivered whether the outcome of a successful delivery ends the sleep
     */
    void await(long nanos, boolean untilDelivered) {
        deliveriesWait = !untilDelivered;
        asleep = isEmpty();
        if (asleep && isEmpty()) {
            LockSupport.parkNanos(this, nanos);
        }
        asleep = false;
    }

    private void wakeSleeper() {
        if (asleep) {
            LockSupport.unpark(reader);
        }
    }
}
