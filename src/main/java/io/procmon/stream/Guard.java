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
 * Runs a stage of the stream for one record at a time. An exception costs that record: it is counted by stage, logged at
 * most once in {@value #PAUSE_SECONDS} s for each stage, and the stream goes on. Thread-safe.
 *
 * <p>A stack overflow counts as an exception, since a pattern of java.util.regex can overflow the stack on a name that is
 * long enough. A lack of memory is nothing that one record costs: it still ends the stream.
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
     * A stage as an operator. A record at which it fails is dropped.
     *
     * @param work what the stage does with a record
     * @param dropped told of each record that is dropped
     */
    <A, B> Function<Multi<A>, Multi<B>> stage(Stage stage, Function<A, B> work, Consumer<A> dropped) {
        Function<A, Optional<B>> guarded = or(stage, work.andThen(Optional::of), (record, _) -> {
            dropped.accept(record);
            return Optional.empty();
        });
        return records -> records.map(guarded)
                .select()
                .where(Optional::isPresent) // what failed ends here
                .map(Optional::orElseThrow);
    }

    /**
     * A stage that always has a result.
     *
     * @param work what the stage does with a record
     * @param instead the result for a record at which it fails
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
     * A stage that takes its time. A record at which it fails has no result.
     *
     * @param work what the stage does with a record
     * @param dropped told of each record that is dropped
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

    /** Something that is done with each record beside the stream: the record goes on, whatever becomes of it. */
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
                    "stage '%s' has a bug, which cost a record; all such failures are counted in procmon_stage_failures_total",
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
