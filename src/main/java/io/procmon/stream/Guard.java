package io.procmon.stream;

import io.procmon.metrics.Stage;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Runs a stage of the stream for one record at a time. An exception drops that record. It is counted by stage and
 * logged at most once in {@value #PAUSE_SECONDS} s for each stage, and the stream continues. Thread-safe.
 *
 * <p>A stack overflow counts as an exception, because a java.util.regex pattern can overflow the stack on a long name.
 * An OutOfMemoryError is not caused by one record and still ends the stream.
 */
final class Guard {

    private static final int PAUSE_SECONDS = 10;
    private static final long PAUSE = Duration.ofSeconds(PAUSE_SECONDS).toNanos();

    private final Consumer<Stage> counter;
    private final LongSupplier nanos;
    private final Map<Stage, Long> quietUntil = new ConcurrentHashMap<>();

    /** @param counter counts each failure */
    Guard(Consumer<Stage> counter) {
        this(counter, System::nanoTime);
    }

    Guard(Consumer<Stage> counter, LongSupplier nanos) {
        this.counter = counter;
        this.nanos = nanos;
    }

    /**
     * Wraps a stage as an operator. A record that fails is dropped.
     *
     * @param work processes a record
     * @param dropped receives each dropped record
     */
    <A, B> Function<Multi<A>, Multi<B>> stage(Stage stage, Function<A, B> work, Consumer<A> dropped) {
        Function<A, Optional<B>> guarded = or(stage, work.andThen(Optional::of), (record, _) -> {
            dropped.accept(record);
            return Optional.empty();
        });
        return records -> records.map(guarded)
                .select()
                .where(Optional::isPresent) // failed records end here
                .map(Optional::orElseThrow);
    }

    /**
     * Wraps a stage that always has a result.
     *
     * @param work processes a record
     * @param instead gives the result for a record that fails
     */
    <A, B> Function<A, B> or(Stage stage, Function<A, B> work, BiFunction<A, Throwable, B> instead) {
        return record -> {
            try {
                return work.apply(record);
            } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError bug) {
                failed(stage, bug);
                return instead.apply(record, bug);
            }
        };
    }

    /**
     * Wraps an asynchronous stage. A record that fails has no result.
     *
     * @param work processes a record
     * @param dropped receives each dropped record
     */
    <A, B> Function<A, Uni<? extends B>> later(Stage stage, Function<A, Uni<B>> work, Consumer<A> dropped) {
        return record -> Uni.createFrom()
                .deferred(() -> work.apply(record))
                .onFailure(Guard::isTheRecords)
                .recoverWithUni(bug -> {
                    failed(stage, bug);
                    dropped.accept(record);
                    return Uni.createFrom().nullItem();
                });
    }

    /** Wraps a side effect. The record continues even if the side effect fails. */
    <A> Consumer<A> each(Stage stage, Consumer<A> work) {
        Function<A, Boolean> guarded = or(
                stage,
                record -> {
                    work.accept(record);
                    return true;
                },
                (_, _) -> false);
        return record -> {
            var _ = guarded.apply(record);
        };
    }

    private static boolean isTheRecords(Throwable failure) {
        return !(failure instanceof VirtualMachineError) || failure instanceof StackOverflowError;
    }

    private void failed(Stage stage, Throwable bug) {
        counter.accept(stage);
        if (isTimeToSay(stage)) {
            Log.errorf(
                    bug,
                    "stage '%s' has a bug and dropped a record; all such failures are counted in procmon_stage_failures_total",
                    stage.label());
        }
    }

    private boolean isTimeToSay(Stage stage) {
        long now = nanos.getAsLong();
        boolean[] time = {false};
        quietUntil.compute(stage, (_, until) -> {
            time[0] = until == null || now - until >= 0;
            return time[0] ? Long.valueOf(now + PAUSE) : until;
        });
        return time[0];
    }
}
