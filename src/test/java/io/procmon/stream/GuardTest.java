package io.procmon.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.metrics.Stage;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtHandler;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GuardTest {

    private final List<Stage> counted = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Guard guard = new Guard(counted::add, nanos::get);

    static List<Throwable> failures() {
        return List.of(
                new DateTimeException("no such time"),
                new ArithmeticException("overflow"),
                new NullPointerException(),
                new StackOverflowError(),
                new AssertionError(),
                new NoClassDefFoundError());
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_costsItsRecord(Throwable failure) {
        List<Integer> dropped = new ArrayList<>();

        AssertSubscriber<Integer> stream = Multi.createFrom()
                .items(1, 2, 3, 4)
                .plug(guard.stage(Stage.JOIN, failingAt(3, failure), dropped::add))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(10));

        stream.assertCompleted().assertItems(10, 20, 40);
        assertThat(dropped).containsExactly(3);
        assertThat(counted).containsExactly(Stage.JOIN);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failureOfWhatTakesItsTime_costsItsRecord(Throwable failure) {
        List<Integer> dropped = new ArrayList<>();
        Function<Integer, Integer> work = failingAt(2, failure);

        AssertSubscriber<Integer> stream = Multi.createFrom()
                .items(1, 2, 3)
                .onItem()
                .transformToUniAndConcatenate(
                        guard.later(Stage.REPORT, number -> Uni.createFrom().item(work.apply(number)), dropped::add))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(10));

        stream.assertCompleted().assertItems(10, 30);
        assertThat(dropped).containsExactly(2);
        assertThat(counted).containsExactly(Stage.REPORT);
    }

    @Test
    void observer_changesNothing() {
        AtomicInteger seen = new AtomicInteger();

        AssertSubscriber<Integer> stream = Multi.createFrom()
                .items(1, 2, 3)
                .invoke(guard.each(Stage.OBSERVE, number -> seen.addAndGet(6 / (number - 2))))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(10));

        stream.assertCompleted().assertItems(1, 2, 3);
        assertThat(seen).hasValue(0);
        assertThat(counted).containsExactly(Stage.OBSERVE);
    }

    @Test
    void demand_isPassedOnPastTheDropped() {
        AssertSubscriber<Integer> stream = Multi.createFrom()
                .range(0, 1000)
                .plug(guard.stage(Stage.JOIN, number -> 1 / (number % 2), _ -> {}))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(3));

        assertThat(stream.getItems()).hasSize(3);
        stream.assertNotTerminated();
    }

    @Test
    void lackOfMemory_isNoBugOfOneRecord() {
        Function<Integer, Integer> work = guard.or(
                Stage.JOIN,
                _ -> {
                    throw new OutOfMemoryError("as if");
                },
                (_, _) -> 0);

        assertThatThrownBy(() -> work.apply(1)).isInstanceOf(OutOfMemoryError.class);
        assertThat(counted).isEmpty();
    }

    @Test
    void repeatedFailures_areSaidOnceInTenSeconds() {
        List<String> lines = new ArrayList<>();
        Handler ear = new ExtHandler() {
            @Override
            protected void doPublish(ExtLogRecord line) {
                lines.add(String.format(line.getMessage(), line.getParameters()));
            }
        };
        Logger logger = Logger.getLogger(Guard.class.getName());
        logger.addHandler(ear);
        Function<Integer, Integer> division = guard.or(Stage.LOOK, number -> 1 / number, (_, _) -> -1);

        for (int i = 0; i < 1000; i++) {
            assertThat(division.apply(0)).isEqualTo(-1);
        }
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        assertThat(division.apply(0)).isEqualTo(-1);

        logger.removeHandler(ear);
        assertThat(lines).hasSize(2).allMatch(line -> line.contains("'look'"));
        assertThat(counted).hasSize(1001);
    }

    private static Function<Integer, Integer> failingAt(int bad, Throwable failure) {
        return number -> {
            if (number == bad) {
                GuardTest.<RuntimeException>sneak(failure);
            }
            return number * 10;
        };
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }
}
