package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Activities of one student that disturb a backend do not delay the activities of another student. */
@Live
class HostileDeliveryIT {

    private static final int STORM = 1000;

    /** One after the other, these requests would take eight seconds. */
    private static final int FEW = 200;

    private static final Map<String, String> NO_THROTTLE =
            Map.of("PROCMON_KERNEL_EXEC_RATE", "100000", "PROCMON_KERNEL_EXEC_BURST", "100000");

    @Test
    void longQueueOfOneStudent_andASlowBackend(Lab lab) {
        PostOffice office = PostOffice.opened();
        Outpost hostile = Outpost.of(lab, office);
        Outpost honest = hostile.neighbour();
        Service procmon = hostile.start(NO_THROTTLE);
        hostile.student().install("repeat", lab.programs().repeat());
        office.worksFor(Duration.ofMillis(40));

        hostile.student().run("hw1", "../repeat", "./program", Integer.toString(STORM));
        procmon.metricsWhere("the storm is in the spool", it -> it.events() >= STORM);
        List<String> names = honest.run(5);
        honest.awaitArrival(Set.copyOf(names));

        assertThat(office.letters().stream()
                        .filter(letter -> letter.target().equals("program"))
                        .count())
                .as("the others' activities go first")
                .isLessThan(FEW);
        office.worksFor(Duration.ZERO);
        procmon.metricsWhere("all is delivered, and the counts balance", it -> it.complete() && it.allDecided());
        assertThat(office.letters()).hasSizeGreaterThanOrEqualTo(STORM + names.size());
    }

    @Test
    void activityAtWhichTheBackendHangsUp(Lab lab) {
        PostOffice office = PostOffice.opened();
        office.breaksAt(Outpost.name(0));
        Outpost hostile = Outpost.of(lab, office);
        Outpost honest = hostile.neighbour();
        Service procmon = hostile.start(NO_THROTTLE);

        hostile.run(1);
        List<String> names = honest.run(1, 20);
        honest.awaitArrival(Set.copyOf(names));

        assertThat(office.letters()).extracting(PostOffice.Letter::target).containsExactlyElementsOf(names);
        assertThat(procmon.metrics().balanced()).isTrue();
        office.breaksAt("");
        hostile.awaitArrival(Set.of(Outpost.name(0)));
        procmon.metricsWhere("the counts balance", it -> it.complete() && it.allDecided());
    }

    @Test
    void everyScrapeBalances(Lab lab) {
        PostOffice office = PostOffice.opened();
        Outpost hostile = Outpost.of(lab, office);
        Service procmon = hostile.start(NO_THROTTLE);
        hostile.student().install("repeat", lab.programs().repeat());

        StudentContainer.Running storm =
                hostile.student().start("hw1", "../repeat", "./program", Integer.toString(STORM));
        List<Metrics> scrapes =
                IntStream.range(0, 100).mapToObj(_ -> procmon.metrics()).toList();
        assertThat(storm.end().exitCode()).isZero();

        assertThat(scrapes)
                .allSatisfy(it -> assertThat(it.balanced()).as("%s", it).isTrue());
        assertThat(scrapes.getLast().received())
                .isGreaterThan(scrapes.getFirst().received());
        procmon.metricsWhere("the counts balance", it -> it.complete() && it.allDecided());
    }
}
