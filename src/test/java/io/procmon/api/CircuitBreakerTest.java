package io.procmon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final RetryPolicy SHORT = new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(2));

    private final BlockingQueue<Runnable> due = new LinkedBlockingQueue<>();
    private final CircuitBreaker circuit = new CircuitBreaker(3, SHORT, () -> new Random(1), due::add);

    @Test
    void fewFailuresInARow_areTolerated() {
        fail(2);
        circuit.succeeded();
        fail(2);

        ask().assertCompleted();
    }

    @Test
    void manyFailuresInARow_holdAllRequestsBack() {
        fail(3);

        ask().assertNotTerminated();
        assertThat(circuit.state()).isEqualTo(CircuitBreaker.State.OPEN);
    }

    @Test
    void afterAWait_oneRequestProbes_andTheOthersWaitOn() throws InterruptedException {
        fail(3);
        UniAssertSubscriber<Void> first = ask();
        UniAssertSubscriber<Void> second = ask();

        waitIsOver();

        first.assertCompleted();
        second.assertNotTerminated();
        assertThat(circuit.state()).isEqualTo(CircuitBreaker.State.PROBING);
    }

    @Test
    void afterAWaitWithNobodyThere_theNextToComeProbes_andNobodyElse() throws InterruptedException {
        fail(3);
        waitIsOver();

        assertThat(circuit.state()).isEqualTo(CircuitBreaker.State.OPEN);
        ask().assertCompleted();
        ask().assertNotTerminated();
        assertThat(circuit.state()).isEqualTo(CircuitBreaker.State.PROBING);
    }

    @Test
    void probeThatFails_isFollowedByOneOther() throws InterruptedException {
        fail(3);
        ask();
        UniAssertSubscriber<Void> second = ask();
        UniAssertSubscriber<Void> third = ask();
        waitIsOver();

        circuit.failed(Duration.ZERO);
        second.assertNotTerminated();
        waitIsOver();

        second.assertCompleted();
        third.assertNotTerminated();
    }

    @Test
    void probeThatSucceeds_releasesAll() throws InterruptedException {
        fail(3);
        ask();
        UniAssertSubscriber<Void> second = ask();
        UniAssertSubscriber<Void> third = ask();
        waitIsOver();

        circuit.succeeded();

        second.assertCompleted();
        third.assertCompleted();
        ask().assertCompleted();
    }

    @Test
    void backendThatAsksForAPause_getsItAtTheFirstTime() {
        circuit.failed(Duration.ofHours(1));

        ask().assertNotTerminated();
    }

    @Test
    void failuresOfRequestsThatWereUnderWay_doNotMakeMoreProbes() throws InterruptedException {
        fail(30);
        ask();
        ask();

        waitIsOver();

        assertThat(due.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void failuresOfRequestsThatWereUnderWay_doNotMakeTheWaitsLonger() throws InterruptedException {
        CircuitBreaker patient = new CircuitBreaker(
                3, new RetryPolicy(Duration.ofMillis(1), Duration.ofHours(1)), () -> new Random(1), due::add);
        for (int i = 0; i < 30; i++) {
            patient.failed(Duration.ZERO);
        }
        patient.admission().subscribe().withSubscriber(UniAssertSubscriber.create());
        waitIsOver();

        patient.failed(Duration.ZERO);

        waitIsOver();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.failed(Duration.ZERO);
        }
    }

    private void waitIsOver() throws InterruptedException {
        Runnable probe = due.poll(60, TimeUnit.SECONDS);
        assertThat(probe).isNotNull();
        probe.run();
    }

    private UniAssertSubscriber<Void> ask() {
        return circuit.admission().subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
