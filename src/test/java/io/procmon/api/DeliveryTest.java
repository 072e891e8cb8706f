package io.procmon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.events.Report;
import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.DeliveryOutcome;
import io.procmon.spool.DeliveryResult;
import io.procmon.spool.Entry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import io.smallrye.mutiny.operators.multi.processors.UnicastProcessor;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A batch is accepted as a whole, or each of its entries is delivered alone. */
class DeliveryTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<Entry> BATCH = Letters.entries(0, 4);
    private static final Report POISON = BATCH.get(2).report();
    private static final DeliveryOutcome ACCEPTED = new DeliveryOutcome.Delivered(204);
    private static final DeliveryOutcome RESET =
            new DeliveryOutcome.Failed("ConnectException", DeliveryFailure.CONNECTION, Optional.empty());
    private static final DeliveryOutcome BROKEN =
            new DeliveryOutcome.Failed("HTTP 500", DeliveryFailure.SERVER_ERROR, Optional.empty());

    private final List<List<Report>> requests = new ArrayList<>();

    @Test
    void acceptedBatch_isOneRequest() {
        List<DeliveryResult> results = deliver(delivery(_ -> ACCEPTED), BATCH);

        assertThat(results).extracting(DeliveryResult::outcome).containsOnly(ACCEPTED);
        assertThat(results).extracting(DeliveryResult::entry).containsExactlyElementsOf(BATCH);
        assertThat(requests).hasSize(1);
    }

    @Test
    void refusedBatch_isBroughtOneByOne_andOnlyWhatIsRefusedAloneIsRejected() {
        DeliveryOutcome refused = new DeliveryOutcome.Rejected(422, "no");
        List<DeliveryResult> results =
                deliver(delivery(reports -> reports.contains(POISON) ? refused : ACCEPTED), BATCH);

        assertThat(results).extracting(DeliveryResult::entry).containsExactlyElementsOf(BATCH);
        assertThat(results).extracting(DeliveryResult::outcome).containsExactly(ACCEPTED, ACCEPTED, refused, ACCEPTED);
        assertThat(requests).hasSize(1 + BATCH.size());
    }

    @Test
    void batchWithSomethingThatIsKnown_isBroughtOneByOne() {
        deliver(delivery(reports -> reports.contains(POISON) ? new DeliveryOutcome.Delivered(409) : ACCEPTED), BATCH);

        assertThat(requests).hasSize(1 + BATCH.size());
    }

    @Test
    void batchThatTheBackendFailsAt_isBroughtOneByOne_andWhatComesAfterTheFailureWaits() {
        List<DeliveryResult> results =
                deliver(delivery(reports -> reports.contains(POISON) ? BROKEN : ACCEPTED), BATCH);

        assertThat(results).extracting(DeliveryResult::entry).containsExactlyElementsOf(BATCH);
        assertThat(results.subList(0, 2)).extracting(DeliveryResult::outcome).containsOnly(ACCEPTED);
        assertThat(results.subList(2, 4))
                .extracting(DeliveryResult::outcome)
                .hasOnlyElementsOfType(DeliveryOutcome.Failed.class);
        assertThat(requests).hasSize(1 + 3);
    }

    @Test
    void activityThatAlwaysFailsWhileOthersPass_isPostponed_soThatLaterOnesPass() {
        Delivery delivery = delivery(reports -> reports.contains(POISON) ? RESET : ACCEPTED);
        Entry poison = BATCH.get(2);
        for (int attempt = 0; attempt < 2; attempt++) {
            assertThat(deliver(delivery, List.of(poison)).getFirst().outcome())
                    .isInstanceOf(DeliveryOutcome.Failed.class);
            deliver(delivery, List.of(Letters.entry(10 + attempt, "another")));
        }

        List<DeliveryResult> results = deliver(delivery, BATCH.subList(2, 4));

        assertThat(results.getFirst().outcome()).isInstanceOf(DeliveryOutcome.Postponed.class);
        assertThat(results.getLast().outcome()).isEqualTo(ACCEPTED);
    }

    @Test
    void batchForABackendThatIsAway_staysWhole() {
        Delivery delivery = delivery(_ -> requests.size() < 3 ? RESET : ACCEPTED);

        List<List<DeliveryResult>> results =
                List.of(deliver(delivery, BATCH), deliver(delivery, BATCH), deliver(delivery, BATCH));

        assertThat(results.get(0))
                .extracting(DeliveryResult::outcome)
                .hasOnlyElementsOfType(DeliveryOutcome.Failed.class);
        assertThat(results.get(2)).extracting(DeliveryResult::outcome).containsOnly(ACCEPTED);
        assertThat(requests).hasSize(3).allMatch(reports -> reports.size() == BATCH.size());
    }

    @Test
    void requestsUnderWay_areAtMostAsManyAsConfigured_andNoBatchIsRequestedBeforeOneIsOver() {
        List<UniEmitter<? super DeliveryOutcome>> underWay = new ArrayList<>();
        Delivery delivery = new Delivery(
                Classroom.config(Map.of("procmon.api.concurrency", "2")),
                new ConductedBackend(_ -> Uni.createFrom().emitter(underWay::add)));
        AtomicLong requested = new AtomicLong();
        UnicastProcessor<List<Entry>> batches = UnicastProcessor.create();
        AssertSubscriber<DeliveryResult> results = delivery.deliverAll(
                        batches.onRequest().invoke(requested::addAndGet), Runnable::run)
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));

        for (int student = 0; student < 4; student++) {
            batches.onNext(List.of(Letters.entry(student, "student" + student)));
        }
        assertThat(underWay).hasSize(2);
        assertThat(requested).hasValue(2);
        underWay.removeFirst().complete(ACCEPTED);

        assertThat(underWay).hasSize(2);
        assertThat(requested).hasValue(3);
        results.assertItems(new DeliveryResult(Letters.entry(0, "student0"), ACCEPTED));
    }

    private Delivery delivery(Function<List<Report>, DeliveryOutcome> conduct) {
        return new Delivery(
                Classroom.config(Map.of("procmon.api.retry-wait", "100ms")),
                new ConductedBackend(reports -> Uni.createFrom().item(conduct.apply(reports))));
    }

    private static List<DeliveryResult> deliver(Delivery delivery, List<Entry> batch) {
        return delivery.deliver(batch).await().atMost(DEADLINE);
    }

    private final class ConductedBackend implements Backend {

        private final Function<List<Report>, Uni<DeliveryOutcome>> conduct;

        ConductedBackend(Function<List<Report>, Uni<DeliveryOutcome>> conduct) {
            this.conduct = conduct;
        }

        @Override
        public String address() {
            return "http://backend.example";
        }

        @Override
        public Uni<DeliveryOutcome> send(List<Report> reports) {
            requests.add(reports);
            return conduct.apply(reports);
        }
    }
}
