package io.procmon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.process.Student;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final RetryPolicy SHORT = new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(2));

    private static final Student SOMEBODY = new Student("os", "1", "202012180");
    private static final Student ANOTHER = new Student("os", "1", "202012181");
    private static final Student A_THIRD = new Student("os", "1", "202012182");

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

        circuit.failed(SOMEBODY, Duration.ZERO);
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
        circuit.failed(SOMEBODY, Duration.ofHours(1));

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
            patient.failed(SOMEBODY, Duration.ZERO);
        }
        patient.admission(SOMEBODY).subscribe().withSubscriber(UniAssertSubscriber.create());
        waitIsOver();

        patient.failed(SOMEBODY, Duration.ZERO);

        waitIsOver();
    }

    @Test
    void studentOfWhomNothingFailed_probesAtOnce_andOneStudentAtATime() {
        fail(3);

        ask(ANOTHER).assertCompleted();
        ask(A_THIRD).assertNotTerminated();
        ask().assertNotTerminated();
    }

    @Test
    void studentWhoWaitsForAnotherToProbe_isNext() throws InterruptedException {
        CircuitBreaker patient = patient();
        patient.admission(ANOTHER).subscribe().withSubscriber(UniAssertSubscriber.create());
        UniAssertSubscriber<Void> third =
                patient.admission(A_THIRD).subscribe().withSubscriber(UniAssertSubscriber.create());

        patient.failed(ANOTHER, Duration.ZERO);
        waitIsOver();

        third.assertCompleted();
    }

    @Test
    void studentWhoProbedInVain_waitsLikeTheOthers() throws InterruptedException {
        CircuitBreaker patient = patient();
        patient.admission(ANOTHER).subscribe().withSubscriber(UniAssertSubscriber.create());

        patient.failed(ANOTHER, Duration.ZERO);
        waitIsOver();

        patient.admission(ANOTHER)
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertNotTerminated();
    }

    @Test
    void studentWhoseProbeSucceeds_releasesAll() {
        fail(3);
        UniAssertSubscriber<Void> first = ask();
        ask(ANOTHER);

        circuit.succeeded();

        first.assertCompleted();
        ask(A_THIRD).assertCompleted();
    }

    @Test
    void backendThatAsksForAPause_isNotProbedByAnybody() {
        circuit.failed(SOMEBODY, Duration.ofHours(1));

        ask(ANOTHER).assertNotTerminated();
    }

    /** An open circuit breaker that does not probe by itself. */
    private CircuitBreaker patient() {
        CircuitBreaker patient = new CircuitBreaker(
                1, new RetryPolicy(Duration.ofHours(1), Duration.ofHours(1)), () -> new Random(1), due::add);
        patient.failed(SOMEBODY, Duration.ZERO);
        return patient;
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            circuit.failed(SOMEBODY, Duration.ZERO);
        }
    }

    private void waitIsOver() throws InterruptedException {
        Runnable probe = due.poll(60, TimeUnit.SECONDS);
        assertThat(probe).isNotNull();
        probe.run();
    }

    private UniAssertSubscriber<Void> ask() {
        return ask(SOMEBODY);
    }

    private UniAssertSubscriber<Void> ask(Student student) {
        return circuit.admission(student).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
