package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.Report;
import io.procmon.process.Student;
import io.procmon.spool.Spool;
import io.procmon.spool.SpoolOptions;
import io.smallrye.mutiny.Uni;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A backlog of weeks is sent with little memory, because it is read while it is sent. */
@Live
class DrainIT {

    private static final int BACKLOG = 200_000;
    private static final int STUDENTS = 64;
    private static final int AT_ONCE = 10_000;
    private static final Duration DEADLINE = Duration.ofMinutes(4);

    /** The options of a compiler command line of typical size. */
    private static final String PADDING = "-Wall ".repeat(100);

    /** Less than half of the backlog's size, so that a backlog in memory would exceed it. */
    private static final long GROWTH_KIB = 48 << 10;

    @Test
    void greatBacklog_isDrained_withFlatMemory(Lab lab) {
        Path directory = lab.newDirectory();
        fill(directory);
        Tally tally = lab.keep(Tally.open(BACKLOG));
        Service procmon = lab.keep(Service.start(
                lab.newDirectory().resolve("log"),
                Map.of(
                        "JDK_JAVA_OPTIONS", "-Xmx64m",
                        "PROCMON_HOSTNAME_PREFIX", lab.ownPrefix(),
                        "PROCMON_SPOOL_DIR", directory.toString(),
                        "PROCMON_SPOOL_CATCH_UP_RATE", "1000000",
                        "PROCMON_API_DIALECT", "generic",
                        "PROCMON_API_BATCH_SIZE", "100",
                        "API_ENDPOINT", tally.address().toString())));

        Await.until("a quarter has arrived", () -> tally.arrived() >= BACKLOG / 4);
        long resident = procmon.residentKib();
        Await.until("all have arrived", () -> tally.arrived() == BACKLOG);

        assertThat(procmon.residentKib()).isLessThan(resident + GROWTH_KIB);
        assertThat(tally.repeated()).isZero();
        Metrics metrics = procmon.metricsWhere("all is decided", it -> it.allDecided() && it.complete());
        assertThat(metrics.of("procmon_activities_delivered_total")).isEqualTo(BACKLOG);
        assertThat(metrics.of("procmon_activities_given_up_total")).isZero();
    }

    private static void fill(Path directory) {
        try (Spool spool = new Spool(
                new SpoolOptions(Optional.of(directory), 1L << 30, Duration.ofDays(1), 1 << 20, 1),
                Clock.systemUTC())) {
            spool.open();
            for (int from = 0; from < BACKLOG; from += AT_ONCE) {
                List<Uni<Report>> kept = IntStream.range(from, from + AT_ONCE)
                        .mapToObj(number -> spool.keep(report(number)))
                        .toList();
                Uni.join().all(kept).andFailFast().await().atMost(DEADLINE);
            }
        }
    }

    private static Report report(int number) {
        return new Report(
                new UUID(0, number),
                "build",
                "GCC",
                new Student("os", "1", Integer.toString(202_012_180 + number % STUDENTS)),
                "hw1",
                Optional.empty(),
                Instant.parse("2026-03-02T10:00:00Z"),
                "{\"number\":%d,\"cmdline\":\"gcc %s\"}".formatted(number, PADDING));
    }
}
