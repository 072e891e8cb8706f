package io.procmon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContainerOwnersTest {

    private static final HostnameGrammar GRAMMAR = new HostnameGrammar(
            "jcode-", Pattern.compile("(?<course>[^-]+)-(?<section>[^-]+)-(?<student>[0-9]+)(-.*)?"));
    private static final String ALICE = "jcode-os-1-202012180";
    private static final String BOB = "jcode-os-1-202012181";
    private static final String OUTER = "a".repeat(64);
    private static final String INNER = "b".repeat(64);

    private final Map<String, HostnameClaim> learned = new LinkedHashMap<>();
    private final ContainerOwners owners = new ContainerOwners(GRAMMAR, Map.of(), learned::put);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a later process under another name,    0 10, 0 20",
        "an earlier name in a namespace of its own, 0 10, 1 5",
        "a rootless container,                  1 10, 2 5"
    })
    void processUnderAnotherStudentsName_belongsToTheOwner(String what, String first, String second) {
        owners.of(docker(OUTER), claim(ALICE, first));

        assertThat(owners.of(docker(OUTER), claim(BOB, second))).hasValueSatisfying(owner -> {
            assertThat(owner.student().id()).isEqualTo("202012180");
            assertThat(owner.hostname()).isEqualTo(ALICE);
            assertThat(owner.hostnameClaimed()).contains(BOB);
            assertThat(owner.containerId()).contains(OUTER);
        });
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "the process started earlier,    0 20, 0 10",
        "the name was set further up,    1 10, 0 20",
        "both,                           1 20, 0 10"
    })
    void betterClaim_winsWheneverItIsSeen(String what, String seenFirst, String seenLater) {
        owners.of(docker(OUTER), claim(BOB, seenFirst));
        var owner = owners.of(docker(OUTER), claim(ALICE, seenLater));

        assertThat(owner).hasValueSatisfying(it -> {
            assertThat(it.student().id()).isEqualTo("202012180");
            assertThat(it.hostnameClaimed()).isEmpty();
        });
        assertThat(owners.of(docker(OUTER), claim(BOB, seenFirst)))
                .hasValueSatisfying(it -> assertThat(it.hostnameClaimed()).contains(BOB));
        assertThat(learned).containsOnlyKeys(OUTER).containsEntry(OUTER, claim(ALICE, seenLater));
    }

    @ParameterizedTest
    @CsvSource({"localhost", "jcode-admin", "''", "jcode-os-1-x"})
    void nameThatNamesNoStudent_belongsToTheOwner(String hostname) {
        owners.of(docker(OUTER), claim(ALICE, "0 10"));

        assertThat(owners.of(docker(OUTER), claim(hostname, "0 5"))).hasValueSatisfying(owner -> {
            assertThat(owner.student().id()).isEqualTo("202012180");
            assertThat(owner.hostnameClaimed()).contains(hostname);
        });
        assertThat(learned).containsOnlyKeys(OUTER);
    }

    @Test
    void containerWithoutAnyStudentsName_hasNoOwner() {
        assertThat(owners.of(docker(OUTER), claim("jcode-admin", "0 1"))).isEmpty();
        assertThat(learned).isEmpty();
    }

    @Test
    void containerInTheContainerOfAStudent_belongsToThisStudent() {
        owners.of(docker(OUTER), claim(ALICE, "0 10"));

        assertThat(owners.of(nested(), claim(BOB, "0 5"))).hasValueSatisfying(owner -> {
            assertThat(owner.student().id()).isEqualTo("202012180");
            assertThat(owner.containerId()).contains(OUTER);
            assertThat(owner.hostnameClaimed()).contains(BOB);
        });
        assertThat(learned).containsOnlyKeys(OUTER);
    }

    @Test
    void containersOnANodeThatIsAContainerItself_haveOwnersOfTheirOwn() {
        var other = new ControlGroup("/docker/" + OUTER + "/kubepods/" + "c".repeat(64), 3);
        owners.of(nested(), claim(ALICE, "0 10"));

        assertThat(owners.of(other, claim(BOB, "0 20"))).hasValueSatisfying(owner -> {
            assertThat(owner.student().id()).isEqualTo("202012181");
            assertThat(owner.hostnameClaimed()).isEmpty();
            assertThat(owner.containerId()).contains("c".repeat(64));
        });
    }

    @Test
    void outsideOfContainers_theHostnameDecides() {
        var session = new ControlGroup("/user.slice/session-3.scope", 4);
        owners.of(session, claim(ALICE, "0 10"));

        assertThat(owners.of(session, claim(BOB, "1 20"))).hasValueSatisfying(owner -> {
            assertThat(owner.student().id()).isEqualTo("202012181");
            assertThat(owner.containerId()).isEmpty();
        });
        assertThat(owners.of(session, claim("localhost", "0 1"))).isEmpty();
    }

    @Test
    void ownerOfBeforeTheRestart_staysTheOwner() {
        var restarted = new ContainerOwners(GRAMMAR, Map.of(OUTER, claim(ALICE, "0 10")), learned::put);

        assertThat(restarted.of(docker(OUTER), claim(BOB, "0 20")))
                .hasValueSatisfying(owner -> assertThat(owner.student().id()).isEqualTo("202012180"));
        assertThat(learned).isEmpty();
    }

    @Test
    void containerIdleLongest_isForgottenFirst() {
        owners.of(docker(OUTER), claim(ALICE, "0 10"));
        for (int i = 0; i < ContainerOwners.CONTAINERS_MAX; i++) {
            owners.of(docker("%064x".formatted(i)), claim(ALICE, "0 10"));
        }

        assertThat(ownerOf(BOB, docker(OUTER))).contains("202012181");
        assertThat(ownerOf(BOB, docker("%064x".formatted(ContainerOwners.CONTAINERS_MAX - 1))))
                .contains("202012180");
    }

    /** The owner at the end does not depend on the order. */
    @Property
    void orderOfRecords_doesNotMatter(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 63) Integer> draws) {
        List<HostnameClaim> claims = draws.stream()
                .map(draw -> new HostnameClaim("jcode-os-1-" + draw % 16, draw / 32, draw % 16))
                .toList();
        ContainerOwners forward = new ContainerOwners(GRAMMAR, Map.of(), (_, _) -> {});
        ContainerOwners backward = new ContainerOwners(GRAMMAR, Map.of(), (_, _) -> {});

        claims.forEach(claim -> forward.of(docker(OUTER), claim));
        claims.reversed().forEach(claim -> backward.of(docker(OUTER), claim));

        assertThat(forward.of(docker(OUTER), claims.getFirst()))
                .isEqualTo(backward.of(docker(OUTER), claims.getFirst()));
    }

    private Optional<String> ownerOf(String hostname, ControlGroup group) {
        return owners.of(group, claim(hostname, "0 90"))
                .map(owner -> owner.student().id());
    }

    private static ControlGroup docker(String container) {
        return new ControlGroup("/system.slice/docker-" + container + ".scope", 1);
    }

    private static ControlGroup nested() {
        return new ControlGroup("/docker/" + OUTER + "/docker/" + INNER, 2);
    }

    /** A hostname, the level of its namespace, and the start of the process. */
    private static HostnameClaim claim(String hostname, String levelAndStart) {
        String[] words = levelAndStart.split(" ", 2);
        return new HostnameClaim(hostname, Integer.parseInt(words[0]), Long.parseLong(words[1]));
    }
}
