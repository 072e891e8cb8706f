package io.procmon.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PositionQueueTest {

    private final PositionQueue queue = new PositionQueue();

    @Test
    void whateverIsAddedAndRemoved_theRestIsInOrder() {
        Random random = new Random(1);
        List<Long> expected = new ArrayList<>();
        long end = 0;

        for (int step = 0; step < 20_000; step++) {
            boolean grows = step % 2000 < 1200;
            if (expected.isEmpty() || random.nextInt(10) < (grows ? 7 : 2)) {
                queue.add(end);
                expected.add(end);
                end += 1 + random.nextInt(100);
            } else if (random.nextInt(10) == 0) {
                Long position = expected.get(random.nextInt(expected.size()));
                assertThat(queue.remove(position)).isTrue();
                expected.remove(position);
            } else {
                assertThat(queue.first()).isEqualTo(expected.removeFirst());
                queue.removeFirst();
            }
            assertThat(queue.size()).isEqualTo(expected.size());
        }

        List<Long> rest = new ArrayList<>();
        queue.forEach(rest::add);
        assertThat(rest).isNotEmpty().containsExactlyElementsOf(expected);
    }

    @Test
    void positionThatIsNotThere_cannotBeRemoved() {
        queue.add(5);
        queue.add(9);

        assertThat(queue.remove(4)).isFalse();
        assertThat(queue.remove(7)).isFalse();
        assertThat(queue.remove(10)).isFalse();
        assertThat(queue.size()).isEqualTo(2);
    }
}
