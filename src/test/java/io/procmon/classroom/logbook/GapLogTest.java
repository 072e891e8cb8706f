package io.procmon.classroom.logbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.progsnap2.LogGap;
import io.procmon.privacy.OwnerOnlyFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Times are seconds after eight o'clock. */
class GapLogTest {

    @TempDir
    private Path directory;

    @Test
    void firstProcmonOfANode_leavesNoGapBehindIt() {
        log().watching(second(0));

        assertThat(GapLog.read(directory)).isEmpty();
    }

    @Test
    void timeBetweenTwoProcmons_isAGap_alsoIfTheFirstWasKilled() {
        GapLog first = log();
        first.watching(second(0));
        first.look(second(5), Map.of());

        GapLog second = log();
        second.watching(second(60));

        assertThat(second.gaps()).containsExactly(new LogGap(second(5), second(60), "down", 0));
        assertThat(GapLog.read(directory)).isEqualTo(second.gaps());
    }

    @Test
    void losses_areAGapSinceTheLookBefore() {
        GapLog log = log();
        log.watching(second(0));
        log.look(second(5), Map.of("recursion", 0L, "exec_ring_full", 0L));
        log.look(second(10), Map.of("recursion", 2L, "exec_ring_full", 3L));
        log.look(second(15), Map.of("recursion", 2L, "exec_ring_full", 3L));
        log.look(second(20), Map.of("recursion", 2L, "exec_ring_full", 4L));

        assertThat(GapLog.read(directory))
                .containsExactly(
                        new LogGap(second(5), second(10), "exec_ring_full+recursion", 5),
                        new LogGap(second(15), second(20), "exec_ring_full", 1));
    }

    @Test
    void file_isForItsOwnerAlone() throws IOException {
        log().watching(second(0));

        assertThat(Files.getPosixFilePermissions(directory.resolve("gaps.csv"))).isEqualTo(OwnerOnlyFiles.MODE);
    }

    @Test
    void beforeTheWatchBegins_nothingIsNoted() {
        GapLog log = log();
        log.look(second(5), Map.of("recursion", 2L));

        assertThat(log.gaps()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void withoutADirectory_gapsAreKnownWhileProcmonRuns() {
        GapLog log = new GapLog(Optional.empty());
        log.watching(second(0));
        log.look(second(5), Map.of("recursion", 2L));

        assertThat(log.gaps()).containsExactly(new LogGap(second(0), second(5), "recursion", 2));
    }

    @Test
    void damagedLine_isNoGap() throws IOException {
        GapLog log = log();
        log.watching(second(0));
        log.look(second(5), Map.of("recursion", 2L));
        Files.writeString(directory.resolve("gaps.csv"), "2026-03-02T0\n,,,\n", StandardOpenOption.APPEND);

        assertThat(GapLog.read(directory)).hasSize(1);
    }

    private GapLog log() {
        return new GapLog(Optional.of(directory));
    }

    private static Instant second(int seconds) {
        return Instant.parse("2026-03-02T08:00:00Z").plusSeconds(seconds);
    }
}
