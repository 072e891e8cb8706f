package io.procmon.bpf;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.bpf.Throttle.Limit;
import java.nio.LongBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LimitedContainersTest {

    private static final int BUCKET = 2;
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final LongBuffer buckets = LongBuffer.allocate(3 * BUCKET);
    private final LimitedContainers limited = new LimitedContainers(Limit.PROCESSES, buckets, BUCKET, 0, 1);
    private final List<Throttle> reported = new ArrayList<>();

    @Test
    void container_isReportedOnceAsItReachesTheLimit_andOnceAsItLeavesIt() {
        skipped(1, 77, 3);
        look(3, 0);
        skipped(1, 77, 9);
        look(9, SECOND / 2);
        look(9, SECOND);
        assertThat(limited.size()).isEqualTo(1);
        look(9, 2 * SECOND);

        assertThat(reported)
                .containsExactly(
                        new Throttle(77, Limit.PROCESSES, true, 3), new Throttle(77, Limit.PROCESSES, false, 9));
        assertThat(limited.size()).isZero();
    }

    @Test
    void containerThatReachesTheLimitAgain_countsFromThere() {
        skipped(1, 77, 3);
        look(3, 0);
        look(3, SECOND);
        skipped(1, 77, 5);
        look(5, 2 * SECOND);

        assertThat(reported).endsWith(new Throttle(77, Limit.PROCESSES, true, 2));
    }

    @Test
    void bucketThatAnotherContainerHasTaken_countsFromNothing() {
        skipped(1, 77, 3);
        look(3, 0);
        look(3, SECOND);
        skipped(1, 78, 1);
        look(4, 2 * SECOND);

        assertThat(reported).endsWith(new Throttle(78, Limit.PROCESSES, true, 1));
    }

    private void skipped(int bucket, long container, long skipped) {
        buckets.put(bucket * BUCKET, container).put(bucket * BUCKET + 1, skipped);
    }

    private void look(long skipped, long nowNanos) {
        limited.look(skipped, nowNanos, reported::add);
    }
}
