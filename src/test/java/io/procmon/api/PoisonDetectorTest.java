package io.procmon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.DeliveryOutcome;
import io.procmon.spool.DeliveryOutcome.Failed;
import io.procmon.spool.DeliveryOutcome.Postponed;
import io.procmon.spool.DeliveryOutcome.Rejected;
import io.procmon.spool.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PoisonDetectorTest {

    private static final Duration RETRY_WAIT = Duration.ofSeconds(30);
    private static final Entry POISON = Letters.entry(0);
    private static final Entry ANOTHER = Letters.entry(1, "another");
    private static final Failed RESET = failure(DeliveryFailure.CONNECTION);
    private static final Failed TIMEOUT = failure(DeliveryFailure.TIMEOUT);
    private static final Failed BROKEN = failure(DeliveryFailure.SERVER_ERROR);
    private static final Failed UNAUTHORIZED = failure(DeliveryFailure.UNAUTHORIZED);

    private final PoisonDetector detector =
            new PoisonDetector(new RetryPolicy(Duration.ofMillis(500), RETRY_WAIT), () -> new Random(1));

    @Test
    void whileOthersPass_itIsRetriedInPlace_thenPostponed_andThenADeadLetter() {
        List<DeliveryOutcome> outcomes = new ArrayList<>();

        for (int attempt = 0; attempt < 8; attempt++) {
            outcomes.add(detector.failed(POISON, attempt % 2 == 0 ? RESET : TIMEOUT));
            detector.answered(ANOTHER);
        }

        assertThat(outcomes.subList(0, 2)).hasOnlyElementsOfType(Failed.class);
        assertThat(outcomes.subList(2, 7)).hasOnlyElementsOfType(Postponed.class);
        assertThat(outcomes.get(7)).isInstanceOf(Rejected.class);
    }

    @Test
    void pauses_areSpreadOverTime() {
        detector.failed(POISON, RESET);
        detector.answered(ANOTHER);
        detector.failed(POISON, RESET);
        detector.answered(ANOTHER);

        for (int doublings = 0; doublings < 5; doublings++) {
            Duration longest = RETRY_WAIT.multipliedBy(1L << doublings);
            assertThat(((Postponed) detector.failed(POISON, RESET)).pause()).isBetween(longest.dividedBy(2), longest);
            detector.answered(ANOTHER);
        }
    }

    @Test
    void whileNobodyPasses_nothingCounts_andItKeepsItsPlace() {
        for (int attempt = 0; attempt < 100; attempt++) {
            assertThat(detector.failed(POISON, RESET)).isInstanceOf(Failed.class);
        }
    }

    @Test
    void backendThatIsBackAfterALongOutage_countsOneFailureOnly() {
        for (int attempt = 0; attempt < 100; attempt++) {
            detector.failed(POISON, RESET);
        }
        detector.answered(ANOTHER);

        assertThat(detector.failed(POISON, RESET)).isInstanceOf(Postponed.class);
    }

    @Test
    void serverError_isPostponed_althoughNobodyPasses_butIsNeverADeadLetter() {
        for (int attempt = 0; attempt < 4; attempt++) {
            assertThat(detector.failed(POISON, BROKEN)).isInstanceOf(Failed.class);
        }
        for (int attempt = 0; attempt < 100; attempt++) {
            assertThat(detector.failed(POISON, BROKEN)).isInstanceOf(Postponed.class);
        }
    }

    @Test
    void refusedToken_andABackendThatAsksForAPause_neverCount() {
        Failed busy = new Failed("HTTP 429", DeliveryFailure.BUSY, Optional.of(Duration.ofSeconds(1)));
        for (int attempt = 0; attempt < 100; attempt++) {
            assertThat(detector.failed(POISON, attempt % 2 == 0 ? UNAUTHORIZED : busy))
                    .isInstanceOf(Failed.class);
            detector.answered(ANOTHER);
        }
    }

    @Test
    void delivery_forgetsAllFailures() {
        detector.failed(POISON, RESET);
        detector.answered(ANOTHER);
        detector.failed(POISON, RESET);

        detector.answered(POISON);

        assertThat(detector.failed(POISON, RESET)).isInstanceOf(Failed.class);
    }

    private static Failed failure(DeliveryFailure failure) {
        return new Failed("failed", failure, Optional.empty());
    }
}
