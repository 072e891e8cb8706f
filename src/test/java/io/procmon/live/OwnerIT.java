package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A student gives processes another hostname. They still belong to the container that they are in. */
@Live
class OwnerIT {

    @ParameterizedTest
    @CsvSource({
        "'unshare --user --map-root-user --uts', true",
        "'unshare --user --map-root-user --uts', false",
        "'unshare --uts', true",
        "'unshare --uts', false",
        "env, true",
        "env, false"
    })
    void anotherHostname_isReportedUnderTheOwner_andNeverUnderTheVictim(String within, boolean isVictims, Lab lab) {
        var victim = Samples.in(lab.student(), lab.programs());
        var attacker = Samples.in(lab.student(), lab.programs());
        var claimed = isVictims ? victim.hostname() : "localhost";
        assertThat(lab.events(attacker)).as("procmon knows the container").isEmpty();

        var ended = attacker.run(
                "hw1",
                Stream.concat(Stream.of(within.split(" ", -1)), Stream.of(renamed(claimed, "exec ./ends exit 3")))
                        .toArray(String[]::new));
        victim.run("hw1", "./ends", "exit", "4");

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(lab.events(attacker)).singleElement().satisfies(event -> {
            assertThat(event.number("exit_code")).isEqualTo(3);
            assertThat(event.text("container_id")).isEqualTo(attacker.id());
            assertThat(event.text("hostname_claimed")).isEqualTo(claimed);
        });
        assertThat(lab.events(victim))
                .singleElement()
                .satisfies(event -> assertThat(event.number("exit_code")).isEqualTo(4));
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void processThatPosesWhenProcmonStarts_belongsToTheOwner(String takeIn, Lab lab) {
        var prefix = lab.ownPrefix();
        var backend = lab.receiver();
        var victim = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
        var attacker = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
        attacker.write("hw1/wait", "");
        attacker.run(
                "hw1",
                "sh",
                "-c",
                "\"$@\" & until test -e posing; do :; done",
                "sh",
                "unshare",
                "--user",
                "--map-root-user",
                "--uts",
                "sh",
                "-c",
                "hostname \"$0\" && echo >posing && exec ./ends when-gone wait 5",
                victim.hostname());

        lab.procmon(prefix, backend, Map.of("PROCMON_KERNEL_TAKE_IN", takeIn));
        attacker.run("hw1", pose(victim.hostname(), "exec ./ends exit 3"));
        attacker.run("hw1", pose("localhost", "exec ./ends exit 6"));
        Shell.run("rm", attacker.file("hw1/wait").toString());

        List<Integer> statuses = takeIn.equals("true") ? List.of(3, 5, 6) : List.of(3, 6);
        Await.until(
                "the statuses are " + statuses,
                () -> attacker.eventsAt(backend).stream()
                        .map(event -> event.number("exit_code"))
                        .sorted()
                        .toList()
                        .equals(statuses));
        assertThat(victim.eventsAt(backend)).isEmpty();
    }

    @Test
    void ownerIsKept_ifAllNamesInTheContainerAreChanged(Lab lab) {
        var prefix = lab.ownPrefix();
        var backend = lab.receiver();
        var spool = lab.newDirectory().toString();
        var victim = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
        var attacker = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
        lab.procmon(prefix, backend, Map.of("PROCMON_SPOOL_DIR", spool)).close();
        attacker.run("hw1", "hostname", victim.hostname());

        lab.procmon(prefix, backend, Map.of("PROCMON_SPOOL_DIR", spool));
        attacker.run("hw1", "./ends", "exit", "3");

        assertThat(attacker.eventsAt(backend)).hasSize(1);
        assertThat(victim.eventsAt(backend)).isEmpty();
    }

    /** A command in a UTS namespace that the student can create without privileges. */
    private static String[] pose(String hostname, String command) {
        return Stream.concat(
                        Stream.of("unshare", "--user", "--map-root-user", "--uts"),
                        Stream.of(renamed(hostname, command)))
                .toArray(String[]::new);
    }

    private static String[] renamed(String hostname, String command) {
        return new String[] {"sh", "-c", "hostname \"$0\" && " + command, hostname};
    }
}
