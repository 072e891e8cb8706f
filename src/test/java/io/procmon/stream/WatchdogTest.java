package io.procmon.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WatchdogTest {

    private final List<List<String>> ended = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog(ended::add);
    private final AtomicBoolean hangs = new AtomicBoolean();

    @Test
    void stageWithoutProgressForAMinute_endsTheProcess_andIsUnhealthyBefore() {
        watchdog.watch("reader", hangs::get);
        hangs.set(true);

        look(1);
        assertThat(watchdog.unhealthy()).isEmpty();
        look(1);
        assertThat(watchdog.unhealthy()).containsExactly("reader");
        look(9);
        assertThat(ended).isEmpty();
        look(1);

        assertThat(ended).containsExactly(List.of("reader"));
    }

    @Test
    void progress_beginsTheCountAgain() {
        watchdog.watch("reader", hangs::get);
        hangs.set(true);
        look(11);
        hangs.set(false);
        look(1);
        hangs.set(true);
        look(11);

        assertThat(ended).isEmpty();
    }

    @Test
    void thingThatTakesAsLongAsItMay_isProgress() {
        var done = new AtomicLong();
        watchdog.watch("requests", Watchdog.PAUSE.multipliedBy(4), () -> 5, done::get);

        for (int request = 0; request < 4; request++) {
            look(5);
            assertThat(watchdog.unhealthy()).isEmpty();
            done.incrementAndGet();
        }
        look(6);
        assertThat(watchdog.unhealthy()).isEmpty();
        look(1);
        assertThat(watchdog.unhealthy()).containsExactly("requests");
        look(10);

        assertThat(ended).containsExactly(List.of("requests"));
    }

    @Test
    void stageThatHasDoneAll_waitsForAsLongAsItLikes() {
        watchdog.watch("spool", Duration.ZERO, () -> 7, () -> 7);

        look(100);

        assertThat(ended).isEmpty();
    }

    @Test
    void taskThatDoesNotReturn_isALackOfProgress() {
        watchdog.watch("delivery", Runnable::run).execute(() -> look(13));

        assertThat(ended).containsExactly(List.of("delivery"));
    }

    @Test
    void itemThatIsNeverHandled_isALackOfProgress() {
        Multi.createFrom()
                .items(1, 2)
                .plug(watchdog.watch("pipeline"))
                .subscribe()
                .with(item -> {
                    if (item == 2) {
                        look(13);
                    }
                });

        assertThat(ended).containsExactly(List.of("pipeline"));
        look(1);
        assertThat(watchdog.unhealthy()).isEmpty();
    }

    @Test
    void itemsThatAreHandledWhileOthersWait_areProgress() {
        Multi.createFrom()
                .range(0, 40)
                .plug(watchdog.watch("pipeline"))
                .subscribe()
                .with(_ -> look(1));

        assertThat(ended).isEmpty();
        assertThat(watchdog.unhealthy()).isEmpty();
    }

    @Test
    void stageWithoutDemand_hasNoWork() {
        AssertSubscriber<Integer> subscriber = Multi.createFrom()
                .items(1, 2)
                .plug(watchdog.watch("pipeline"))
                .subscribe()
                .withSubscriber(AssertSubscriber.create(1));

        look(20);

        assertThat(ended).isEmpty();
        subscriber.request(1);
        subscriber.assertCompleted().assertItems(1, 2);
    }

    @Test
    void itemThatFails_isHandled() {
        Multi.createFrom()
                .items(1)
                .plug(watchdog.watch("pipeline"))
                .map(item -> Integer.parseInt("item " + item))
                .subscribe()
                .with(_ -> {}, _ -> {});

        look(20);

        assertThat(ended).isEmpty();
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            watchdog.check();
        }
    }
}
