package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.live.PostOffice.Letter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** If the disk is full for a while, no event is lost, as long as there is memory. */
@Live
class FullDiskIT {

    private static final int RUNS = 50;
    private static final int BLOCK = 4096;

    @Test
    void fullDisk_isSaid_andWhatCameMeanwhileIsOnDiskAsSoonAsThereIsRoom(Lab lab) throws IOException {
        Path disk = smallDisk(lab);
        PostOffice office = new PostOffice(Optional.empty());
        Outpost outpost = Outpost.of(lab, office);
        Service procmon = outpost.start(Map.of("PROCMON_SPOOL_DIR", disk.toString()));
        List<String> names = outpost.run(RUNS);
        Outpost.awaitKept(procmon, RUNS);

        Path filler = fill(disk);
        List<String> more = outpost.run(RUNS, RUNS);
        Outpost.awaitKept(procmon, 2 * RUNS);
        Await.until("procmon says so", () -> procmon.log().contains("the spool's disk accepts no writes"));
        procmon.metricsWhere("what is in memory only is no secret", it -> it.of("procmon_spool_on_disk") == 0);
        Files.delete(filler);
        procmon.metricsWhere("all is on disk", it -> it.of("procmon_spool_on_disk") == 1);
        procmon.kill();
        office.open();
        outpost.start(Map.of("PROCMON_SPOOL_DIR", disk.toString()));
        outpost.awaitArrival(Set.copyOf(names));
        outpost.awaitArrival(Set.copyOf(more));

        assertThat(procmon.log()).contains("the spool's disk works again");
        assertThat(office.letters())
                .extracting(Letter::target)
                .hasSize(2 * RUNS)
                .startsWith(names.toArray(String[]::new));
    }

    private static Path smallDisk(Lab lab) {
        Path disk = lab.newDirectory();
        Shell.run("mount", "-t", "tmpfs", "-o", "size=1m", "none", disk.toString());
        lab.keep(() -> Shell.run("umount", "--lazy", disk.toString()));
        return disk;
    }

    /** Fills the disk. */
    private static Path fill(Path disk) {
        Path filler = disk.resolve("filler");
        try (OutputStream output = Files.newOutputStream(filler)) {
            while (disk.toFile().getUsableSpace() > 0) {
                output.write(new byte[BLOCK]);
            }
            return filler;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
