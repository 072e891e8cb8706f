package io.procmon.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.Report;
import io.procmon.process.Student;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolCountsTest {

    private static final int REPORTS = 5000;
    private static final int REJECTED = 422;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    @Test
    void booksBalance_atEveryMoment(@TempDir Path directory) throws InterruptedException {
        keepSomeForTheNextStart(directory);
        Spool spool = new Spool(
                new SpoolOptions(Optional.of(directory), 1 << 30, Duration.ofDays(1), 16 << 20, 1_000_000),
                Clock.systemUTC());
        spool.open();
        AssertSubscriber<Void> settled = settleAll(spool);
        Thread arrivals = Thread.ofPlatform().start(() -> {
            for (int number = 100; number < REPORTS; number++) {
                spool.keep(report(number)).subscribe().with(_ -> {});
            }
            spool.finish();
        });

        Set<SpoolCounts> seen = ConcurrentHashMap.newKeySet();
        while (spool.counts().arrived() < REPORTS - 100 || spool.counts().reports() > 0) {
            SpoolCounts counts = spool.counts();
            seen.add(counts);
            assertBalanced(counts);
            assertThat(spool.hasFailed()).isFalse();
        }
        arrivals.join();
        settled.awaitCompletion(DEADLINE);
        spool.close();

        SpoolCounts end = spool.counts();
        assertBalanced(end);
        assertThat(end.recovered()).isEqualTo(100);
        assertThat(end.rejected(REJECTED)).isEqualTo(REPORTS / 10);
        assertThat(end.delivered()).isEqualTo(REPORTS - REPORTS / 10);
        assertThat(seen).hasSizeGreaterThan(1);
    }

    private static void keepSomeForTheNextStart(Path directory) {
        try (Spool spool = new Spool(
                new SpoolOptions(Optional.of(directory), 1 << 30, Duration.ofDays(1), 16 << 20, 1_000_000),
                Clock.systemUTC())) {
            spool.open();
            for (int number = 0; number < 100; number++) {
                spool.keep(report(number)).await().atMost(DEADLINE);
            }
        }
    }

    private static AssertSubscriber<Void> settleAll(Spool spool) {
        return spool.batches(7)
                .onItem()
                .<Void>transformToUniAndConcatenate(batch -> {
                    batch.forEach(entry -> spool.settle(new DeliveryResult(entry, outcome(entry))));
                    return Uni.createFrom().voidItem();
                })
                .subscribe()
                .withSubscriber(AssertSubscriber.create(Long.MAX_VALUE));
    }

    private static DeliveryOutcome outcome(Entry entry) {
        return entry.report().eventId().getLeastSignificantBits() % 10 == 0
                ? new DeliveryOutcome.Rejected(REJECTED, "")
                : new DeliveryOutcome.Delivered(204);
    }

    private static void assertBalanced(SpoolCounts counts) {
        long givenUp =
                List.of(GivenUp.values()).stream().mapToLong(counts::givenUp).sum();
        assertThat(counts.recovered() + counts.arrived() + counts.resent())
                .as("%s", counts)
                .isEqualTo(counts.delivered() + counts.allRejected() + givenUp + counts.reports());
    }

    private static Report report(int number) {
        return new Report(
                new UUID(0, number),
                "run",
                "USER_BINARY",
                new Student("os", "1", Integer.toString(2026 + number % 20)),
                "hw1",
                Optional.empty(),
                Instant.now(),
                "{\"number\":" + number + "}");
    }
}
