package io.procmon.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OutcomeTest {

    private static final class Broken implements Function<String, Outcome<String>> {
        @Override
        public Outcome<String> apply(String value) {
            throw new IllegalStateException("a bug");
        }
    }

    /**
     * A repeated group makes java.util.regex recurse, so a long name, which a student can choose, overflows the stack.
     */
    private static final class Recursive implements Function<String, Outcome<Boolean>> {
        @Override
        public Outcome<Boolean> apply(String value) {
            return Outcome.proceed(Pattern.matches("(a|b)*", value.repeat(1_000_000)));
        }
    }

    @Test
    void handlersInARow_seeWhatTheOneBeforeGave() {
        assertThat(Outcome.proceed("a").then(a -> Outcome.proceed(a + "b")).then(ab -> Outcome.proceed(ab + "c")))
                .isEqualTo(Outcome.proceed("abc"));
    }

    @Test
    void whatWasStopped_reachesNoFurtherHandler() {
        Outcome<String> stopped = Outcome.stop(Reason.INFORMATION);

        assertThat(stopped.then(new Broken())).isEqualTo(Outcome.stop(Reason.INFORMATION));
        assertThat(stopped.proceeding()).isEmpty();
    }

    @Test
    void handlerThatThrows_failsItsItemAndIsNamed() {
        Outcome<String> outcome = Outcome.proceed("a").then(new Broken());

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.handler()).isEqualTo("Broken"));
        assertThat(outcome.then(Outcome::proceed)).isEqualTo(outcome);
    }

    @Test
    void handlerThatReturnsNothing_failsItsItem() {
        assertThat(Outcome.proceed("a").then(_ -> null)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void handlerThatRunsOutOfStack_failsItsItem() {
        assertThat(Outcome.proceed("a").then(new Recursive())).isInstanceOf(Outcome.Failed.class);
    }
}
