package io.procmon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WrongTokensTest {

    private static final String TEACHER = "192.0.2.1";
    private static final String ATTACKER = "192.0.2.66";
    private static final long MILLISECOND = Duration.ofMillis(1).toNanos();

    private final WrongTokens tokens = new WrongTokens();
    private long now = Long.MAX_VALUE - 5;

    @Test
    void thousandsOfTokens_areComparedAFewTimes_andSaidOnce() {
        int compared = 0;
        int said = 0;
        for (int i = 0; i < 2000; i++) {
            if (!tokens.isBlocked(ATTACKER, now)) {
                compared++;
                said += tokens.add(ATTACKER, now) ? 1 : 0;
            }
            now += MILLISECOND;
        }

        assertThat(compared).isBetween(5, 8);
        assertThat(said).isOne();
    }

    @Test
    void clientThatMistypes_isNotBlocked() {
        assertThat(IntStream.range(0, WrongTokens.FREE - 1).filter(_ -> tokens.add(TEACHER, now)))
                .isEmpty();

        assertThat(tokens.isBlocked(TEACHER, now)).isFalse();
    }

    @Test
    void otherClient_isNotBlocked() {
        IntStream.range(0, 100).forEach(_ -> tokens.add(ATTACKER, now));

        assertThat(tokens.isBlocked(ATTACKER, now)).isTrue();
        assertThat(tokens.isBlocked(TEACHER, now)).isFalse();
    }

    @Test
    void block_endsWithinAMinute_andARightTokenEndsTheCount() {
        IntStream.range(0, 100).forEach(_ -> tokens.add(ATTACKER, now));
        now += Duration.ofMinutes(1).toNanos();
        assertThat(tokens.isBlocked(ATTACKER, now)).isFalse();

        tokens.forgive(ATTACKER);
        tokens.add(ATTACKER, now);

        assertThat(tokens.isBlocked(ATTACKER, now)).isFalse();
    }

    @Test
    void manyAddresses_takeNoMoreMemory() {
        IntStream.range(0, 100_000).forEach(number -> tokens.add("2001:db8::" + number, now));
        IntStream.range(0, 10).forEach(_ -> tokens.add(ATTACKER, now));

        assertThat(tokens.isBlocked(ATTACKER, now)).isTrue();
    }
}
