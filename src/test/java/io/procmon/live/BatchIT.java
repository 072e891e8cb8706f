package io.procmon.live;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.live.PostOffice.Letter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several activities in a request, for a backend that accepts batches. */
@Live
class BatchIT {

    private static final int RUNS = 100;

    @Test
    void whatWaits_sharesRequests_inOrder(Lab lab) {
        PostOffice office = new PostOffice(Optional.empty());
        Outpost outpost = Outpost.of(lab, office);
        Service procmon = outpost.start(batches("generic"));

        List<String> names = outpost.run(RUNS);
        Outpost.awaitKept(procmon, RUNS);
        office.open();
        outpost.awaitArrival(Set.copyOf(names));

        assertThat(office.letters()).extracting(Letter::target).containsExactlyElementsOf(names);
        assertThat(office.requests()).hasSizeLessThan(RUNS / 2);
    }

    @Test
    void activityThatTheBackendCannotTake_takesNoOtherWithIt(Lab lab) {
        PostOffice office = new PostOffice(Optional.empty());
        String poison = Outpost.name(RUNS / 2);
        office.refuses(poison);
        Outpost outpost = Outpost.of(lab, office);
        Service procmon = outpost.start(batches("cloudevents"));

        List<String> names = outpost.run(RUNS);
        Outpost.awaitKept(procmon, RUNS);
        office.open();
        outpost.awaitArrival(names.stream().filter(name -> !name.equals(poison)).collect(toSet()));
        Metrics metrics = procmon.metricsWhere("all is decided", it -> it.allDecided() && it.complete());

        assertThat(office.targets()).doesNotContain(poison);
        assertThat(office.letters())
                .extracting(Letter::type)
                .contains("application/cloudevents-batch+json", "application/cloudevents+json");
        assertThat(metrics.of("procmon_activities_rejected_total", "status", "422"))
                .isEqualTo(1);
        assertThat(metrics.of("procmon_activities_delivered_total")).isEqualTo(RUNS - 1);
    }

    private static Map<String, String> batches(String dialect) {
        return Map.of("PROCMON_API_DIALECT", dialect, "PROCMON_API_BATCH_SIZE", "20");
    }
}
