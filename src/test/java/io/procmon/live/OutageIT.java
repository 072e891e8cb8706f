package io.procmon.live;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.live.PostOffice.Letter;
import io.procmon.live.PostOffice.Mood;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A backend that was unavailable or failing receives all events after its recovery. */
@Live
class OutageIT {

    @Test
    void backendAwayForTheWholeRun_getsEverythingOnce_andInOrder(Lab lab) {
        PostOffice office = new PostOffice(Optional.empty());
        Outpost outpost = Outpost.of(lab, office);
        Service procmon = outpost.start();

        List<String> names = outpost.run(300);
        Outpost.awaitKept(procmon, names.size());
        Await.until(
                "procmon says that the backend is away", () -> procmon.metrics().of("procmon_backend_away") == 1);
        assertThat(procmon.management("/q/health/ready").statusCode()).isEqualTo(200);
        assertThat(procmon.management("/q/health/group/delivery").statusCode()).isEqualTo(503);
        office.open();
        outpost.awaitArrival(Set.copyOf(names));

        assertThat(office.letters()).extracting(Letter::target).containsExactlyElementsOf(names);
        Metrics metrics = procmon.metricsWhere(
                "the spool is empty, and the counts balance", it -> it.allDecided() && it.complete());
        assertThat(metrics.of("procmon_activities_delivered_total")).isEqualTo(names.size());
    }

    @Test
    void stoppedWhileTheBackendIsAway_sendsTheRestAfterTheNextStart(Lab lab) {
        PostOffice office = new PostOffice(Optional.empty());
        Outpost outpost = Outpost.of(lab, office);
        Service first = outpost.start();

        List<String> names = outpost.run(100);
        first.terminate();
        first.exitStatus();
        office.open();
        Service second = outpost.start();
        outpost.awaitArrival(Set.copyOf(names));

        assertThat(office.letters()).extracting(Letter::target).containsExactlyElementsOf(names);
        assertThat(second.metrics().of("procmon_spool_recovered_total")).isEqualTo(names.size());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "TAKES")
    void backendThatIsNotItself_getsEverythingUnderOneId(Mood mood, Lab lab) {
        PostOffice office = PostOffice.opened();
        office.is(mood);
        Outpost outpost = Outpost.of(lab, office);
        Service procmon = outpost.start(Map.of("API_TIMEOUT", "1"));

        List<String> names = outpost.run(20);
        Outpost.awaitKept(procmon, names.size());
        Await.until("procmon has tried", () -> office.requests().size() >= 3);
        office.is(Mood.TAKES);
        outpost.awaitArrival(Set.copyOf(names));

        assertThat(office.ids())
                .hasSameSizeAs(names)
                .allSatisfy((_, ids) -> assertThat(ids).hasSize(1));
        assertThat(office.letters().stream().map(Letter::key).collect(toSet())).hasSameSizeAs(names);
    }

    @Test
    void busyBackend_isLeftAloneForAsLongAsItWants(Lab lab) {
        PostOffice office = PostOffice.opened();
        office.is(Mood.IS_BUSY);
        Outpost outpost = Outpost.of(lab, office);
        outpost.start();

        outpost.run(1);
        Await.until("procmon has come thrice", () -> office.requests().size() >= 3);

        List<Long> requests = office.requests();
        assertThat(requests.get(1) - requests.get(0)).isGreaterThanOrEqualTo(PostOffice.PAUSE.toNanos());
        assertThat(requests.get(2) - requests.get(1)).isGreaterThanOrEqualTo(PostOffice.PAUSE.toNanos());
    }
}
