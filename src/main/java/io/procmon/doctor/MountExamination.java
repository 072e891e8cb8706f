package io.procmon.doctor;

import io.procmon.procfs.NetworkMounts;
import java.time.Duration;
import java.util.function.Supplier;

/** Checks whether the node's network file systems answer, because homework directories may be on them. */
final class MountExamination {

    static final String SUBJECT = "mounts";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<NetworkMounts.Examination> mounts;

    MountExamination() {
        this(() -> NetworkMounts.examine(PATIENCE));
    }

    MountExamination(Supplier<NetworkMounts.Examination> mounts) {
        this.mounts = mounts;
    }

    Finding finding() {
        NetworkMounts.Examination examined = mounts.get();
        if (examined.mounts() == 0) {
            return Finding.ok(SUBJECT, "no network file system");
        }
        return examined.silent().isEmpty()
                ? Finding.ok(SUBJECT, "%d network file systems answer".formatted(examined.mounts()))
                : Finding.degraded(
                        SUBJECT,
                        "no answer from the network file system at " + String.join(", ", examined.silent()),
                        "check its server; until it answers, procmon reads no files there");
    }
}
