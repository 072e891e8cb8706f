package io.procmon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Report;
import io.procmon.spool.Entry;
import io.procmon.spool.Spool;
import io.procmon.spool.SpoolOptions;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A batch is taken as a whole, or its members stand for themselves. */
class DeliveryTest {

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final List<Entry> BATCH = Letters.entries(0, 4);
    private static final Report POISON = BATCH.get(2).report();
    private static final Answer ACCEPTED = new Answer.Accepted(204);

    private final List<List<Report>> requests = new ArrayList<>();

    @Test
    void acceptedBatch_isOneRequest() {
        List<Receipt> receipts = deliver(_ -> ACCEPTED);

        assertThat(receipts).hasOnlyElementsOfType(Receipt.Delivered.class);
        assertThat(receipts).extracting(Receipt::entry).containsExactlyElementsOf(BATCH);
        assertThat(requests).hasSize(1);
    }

    @Test
    void refusedBatch_isBroughtOneByOne_andOnlyWhatIsRefusedAloneIsRejected() {
        List<Receipt> receipts =
                deliver(reports -> reports.contains(POISON) ? new Answer.Refused(422, "no") : ACCEPTED);

        assertThat(receipts).extracting(Receipt::entry).containsExactlyElementsOf(BATCH);
        assertThat(receipts.get(2)).isEqualTo(new Receipt.Rejected(BATCH.get(2), 422, "no"));
        assertThat(receipts).filteredOn(Receipt.Delivered.class::isInstance).hasSize(3);
        assertThat(requests).hasSize(1 + BATCH.size());
    }

    @Test
    void batchWithSomethingThatIsKnown_isBroughtOneByOne() {
        deliver(reports -> reports.contains(POISON) ? new Answer.Accepted(409) : ACCEPTED);

        assertThat(requests).hasSize(1 + BATCH.size());
    }

    @Test
    void batchThatTheBackendFailsAt_isBroughtOneByOne_andTheCulpritIsPostponed() {
        List<Receipt> receipts = deliver(reports -> reports.contains(POISON)
                ? new Answer.TryAgain("HTTP 500", DeliveryFailure.SERVER_ERROR, Optional.empty())
                : ACCEPTED);

        assertThat(receipts.get(2)).isInstanceOf(Receipt.Postponed.class);
        assertThat(receipts).filteredOn(Receipt.Delivered.class::isInstance).hasSize(3);
    }

    @Test
    void batchForABackendThatIsAway_staysWhole() {
        List<Receipt> receipts = deliver(_ -> requests.size() < 3
                ? new Answer.TryAgain("ConnectException", DeliveryFailure.CONNECTION, Optional.empty())
                : ACCEPTED);

        assertThat(receipts).hasOnlyElementsOfType(Receipt.Delivered.class);
        assertThat(requests).hasSize(3).allMatch(reports -> reports.size() == BATCH.size());
    }

    private List<Receipt> deliver(Function<List<Report>, Answer> conduct) {
        ProcmonConfig config = Classroom.config(Map.of("procmon.api.retry-wait", "100ms"));
        Spool spool = new Spool(new SpoolOptions(Optional.empty(), 0, Duration.ofDays(1), 0, 1), Clock.systemUTC());
        return new Delivery(config, new ConductedBackend(conduct), spool)
                .deliver(BATCH)
                .await()
                .atMost(DEADLINE);
    }

    private final class ConductedBackend implements Backend {

        private final Function<List<Report>, Answer> conduct;

        ConductedBackend(Function<List<Report>, Answer> conduct) {
            this.conduct = conduct;
        }

        @Override
        public String address() {
            return "http://backend.example";
        }

        @Override
        public Uni<Answer> send(List<Report> reports) {
            requests.add(reports);
            return Uni.createFrom().item(conduct.apply(reports));
        }
    }
}
