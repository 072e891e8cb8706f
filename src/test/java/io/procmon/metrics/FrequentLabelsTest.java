package io.procmon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FrequentLabelsTest {

    private static final int MAX = 200;

    private final AtomicLong now = new AtomicLong();
    private final Set<String> shown = new HashSet<>();
    private final FrequentLabels<String> labels = new FrequentLabels<>(MAX, now::get, shown::add, shown::remove);

    @Test
    void inventedNames_thatCameFirst_giveWayToOnesThatAreUsed() {
        for (int i = 0; i < MAX; i++) {
            assertThat(labels.see("invented" + i)).isTrue();
        }

        assertThat(labels.see("os")).isFalse();
        assertThat(labels.see("os")).isTrue();

        assertThat(shown).hasSize(MAX).contains("os").doesNotContain("invented0");
    }

    @Test
    void inventedNames_takeNoLabelOfOneThatIsUsed() {
        for (int i = 0; i < MAX; i++) {
            labels.see("course" + i);
            labels.see("course" + i);
        }
        Set<String> used = Set.copyOf(shown);

        for (int i = 0; i < 100_000; i++) {
            assertThat(labels.see("invented" + i)).isFalse();
        }

        assertThat(shown).isEqualTo(used);
    }

    @Test
    void coursesOfLastTerm_giveWayToThoseOfThisOne() {
        for (int i = 0; i < MAX; i++) {
            for (int run = 0; run < 1000; run++) {
                labels.see("old" + i);
            }
        }
        now.addAndGet(FrequentLabels.HALVED_EVERY.toNanos() * 24);

        for (int i = 0; i < MAX; i++) {
            assertThat(labels.see("new" + i)).isTrue();
        }

        assertThat(shown).hasSize(MAX).allMatch(name -> name.startsWith("new"));
    }

    @Test
    void longSilence_isNoWork() {
        labels.see("os");
        now.addAndGet(FrequentLabels.HALVED_EVERY.toNanos() * 100_000);

        assertThat(labels.see("os")).isTrue();
        assertThat(shown).containsExactly("os");
    }
}
