package io.procmon.classroom.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class NodeClocksTest {

    private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");

    private final NodeClocks clocks = new NodeClocks();

    @Test
    void clockThatIsAhead_isSaidOnceAnHour() {
        assertThat(clocks.look("lab-7", NOW.plusSeconds(59), NOW)).isEmpty();
        assertThat(clocks.look("lab-7", NOW.plusSeconds(90), NOW))
                .get()
                .asString()
                .startsWith("is 90 seconds ahead");
        assertThat(clocks.look("lab-7", NOW.plusSeconds(99), NOW.plusSeconds(5)))
                .isEmpty();
        assertThat(clocks.look("lab-8", NOW.plusSeconds(99), NOW.plusSeconds(5)))
                .isPresent();
        assertThat(clocks.look("lab-7", NOW.plusSeconds(9_000), NOW.plusSeconds(3_600)))
                .isPresent();
    }

    @Test
    void clockThatIsBehind_isSaidAfterHalfAnHour() {
        assertThat(said(60, minute -> 120 + minute))
                .singleElement()
                .asString()
                .contains("for 30 minutes", "120 or more");
    }

    @Test
    void nodeWithABacklog_hasNoWrongClock_onceItHasCaughtUp() {
        assertThat(said(60, minute -> Math.max(1, 3_600 - 200 * minute))).isEmpty();
    }

    @Test
    void clockThatIsRight_isNotSaid_whateverComesLate() {
        assertThat(said(600, minute -> minute % 25 == 0 ? 30 : 4_000)).isEmpty();
    }

    /** An activity arrives each minute, some seconds after its end by the clock of the node. */
    private List<String> said(int minutes, LongUnaryOperator delay) {
        return LongStream.range(0, minutes)
                .mapToObj(minute -> {
                    Instant now = NOW.plus(Duration.ofMinutes(minute));
                    return clocks.look("lab-7", now.minusSeconds(delay.applyAsLong(minute)), now);
                })
                .flatMap(Optional::stream)
                .toList();
    }
}
