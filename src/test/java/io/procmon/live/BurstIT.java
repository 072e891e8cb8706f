package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.bpf.KernelCounters;
import io.procmon.bpf.KernelOptions;
import io.procmon.bpf.Loss;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.procmon.source.LiveSource;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A burst that exceeds the ring while no process reads it. */
@Live
class BurstIT {

    private static final int RING_SIZE = 1 << 20;
    private static final int BURST_SIZE = 32 << 20;
    private static final int PROCESSES = 8192;
    private static final Duration LINGER = Duration.ofMillis(4);
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final int RUNS = 5000;

    /** The container's first process, and the process that starts the runs. */
    private static final int LOAD_AND_CONTAINER = 2;

    @Test
    void nothingIsAskedFor_allOfItWaits_andComesInOrder(Lab lab) {
        String prefix = lab.ownPrefix();
        LiveSource source =
                new LiveSource(new KernelOptions(prefix, RING_SIZE, BURST_SIZE, PROCESSES, false, 0, 1, LINGER));
        AssertSubscriber<KernelRecord> records =
                source.records().subscribe().withSubscriber(AssertSubscriber.create(0));
        source.started().toCompletableFuture().join();
        try {
            var student = lab.container(prefix + lab.nextStudent())
                    .install("hw1/tiny", lab.programs().tiny())
                    .install("repeat", lab.programs().repeat());
            assertThat(student.run("hw1", "../repeat", "./tiny", Integer.toString(RUNS))
                            .exitCode())
                    .isZero();
            Await.until(
                    "all execs have been written", () -> source.counters().execRecords() == RUNS + LOAD_AND_CONTAINER);

            KernelCounters counters = source.counters();
            assertThat(counters.burst().used())
                    .as("more than the ring can hold")
                    .isGreaterThan(RING_SIZE);
            assertThat(source.isBehind()).isTrue();
            for (Loss cause : Loss.values()) {
                assertThat(counters.lost(cause)).as(cause.label()).isZero();
            }
            records.assertHasNotReceivedAnyItem();
        } finally {
            records.request(Long.MAX_VALUE);
            source.stop();
            records.awaitCompletion(DEADLINE);
        }

        assertThat(source.counters().burst().used()).isZero();
        assertThat(source.isBehind()).isFalse();
        assertThat(endsWithTheirBeginBefore(records.getItems())).isGreaterThanOrEqualTo(RUNS);
    }

    private static int endsWithTheirBeginBefore(List<KernelRecord> records) {
        Set<ImageKey> begun = new HashSet<>();
        int ends = 0;
        for (KernelRecord record : records) {
            switch (record) {
                case ExecRecord exec ->
                    assertThat(begun.add(exec.image())).as("once: " + exec).isTrue();
                case ExitRecord exit -> {
                    assertThat(begun).contains(exit.image());
                    ends++;
                }
            }
        }
        return ends;
    }
}
