package io.procmon.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.process.ContainerOwners;
import io.procmon.process.HostnameClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnersFileTest {

    private static final String BOOT = "c7a1bd32-8f0c-4c57-9d2e-1f7a3b9c4d5e";
    private static final String NEXT_BOOT = "00000000-8f0c-4c57-9d2e-1f7a3b9c4d5e";
    private static final String CONTAINER = "a".repeat(64);
    private static final HostnameClaim ALICE = new HostnameClaim("jcode-os-1-202012180", 0, 10);

    @TempDir
    private Path directory;

    @Test
    void whatWasAppended_isReadAfterARestart_theLastOfEachContainer() {
        file(BOOT).append(CONTAINER, new HostnameClaim("jcode-os-1-202012181", 1, 20));
        file(BOOT).append(CONTAINER, ALICE);

        assertThat(file(BOOT).read()).isEqualTo(Map.of(CONTAINER, ALICE));
    }

    @Test
    void claimOfAnEarlierBoot_startedBeforeAllOfThisBoot() {
        file(BOOT).append(CONTAINER, ALICE);

        assertThat(file(NEXT_BOOT).read())
                .isEqualTo(Map.of(
                        CONTAINER, new HostnameClaim(ALICE.hostname(), ALICE.utsLevel(), HostnameClaim.EARLIER_BOOT)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "half a li", "\u0000\u0001", "boot\t0\t1\tshort\tname", "c7\t0\t99999999999999999999\t\t"})
    void damagedLine_costsOnlyItself(String damage) throws IOException {
        file(BOOT).append(CONTAINER, ALICE);
        Files.writeString(path(), damage + "\n" + Files.readString(path()));

        assertThat(file(BOOT).read()).isEqualTo(Map.of(CONTAINER, ALICE));
    }

    @Test
    void bytesThatAreNoText_neverStopAStart() throws IOException {
        Files.write(path(), new byte[] {(byte) 0xff, (byte) 0xfe, '\n'});

        assertThat(file(BOOT).read()).isEmpty();
    }

    @Test
    void withoutADirectory_nothingIsKept() {
        var none = new OwnersFile(Optional.empty(), BOOT);

        none.append(CONTAINER, ALICE);

        assertThat(none.read()).isEmpty();
    }

    @Test
    void fileOfManyRestarts_isRewrittenWithTheNewestContainers() throws IOException {
        var file = file(BOOT);
        int lines = 2 * ContainerOwners.CONTAINERS_MAX + 1;
        for (int i = 0; i < lines; i++) {
            file.append("%064x".formatted(i), ALICE);
        }

        file(BOOT).read();

        assertThat(Files.readAllLines(path())).hasSize(ContainerOwners.CONTAINERS_MAX);
        assertThat(file(BOOT).read()).containsKey("%064x".formatted(lines - 1)).doesNotContainKey("%064x".formatted(0));
    }

    @Test
    void fileBelongsToItsOwnerOnly() throws IOException {
        file(BOOT).append(CONTAINER, ALICE);

        assertThat(Files.getPosixFilePermissions(path())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    private OwnersFile file(String bootId) {
        return new OwnersFile(Optional.of(directory), bootId);
    }

    private Path path() {
        return directory.resolve(OwnersFile.NAME);
    }
}
