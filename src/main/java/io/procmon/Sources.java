package io.procmon;

import io.procmon.bpf.KernelOptions;
import io.procmon.bpf.RecordSource;
import io.procmon.bpf.RingBufferSource;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Node;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where records come from, and on which machine. */
@ApplicationScoped
class Sources {

    @Produces
    @Singleton
    RecordSource source(ProcmonConfig config) {
        return new RingBufferSource(new KernelOptions(
                config.hostname().prefix(),
                (int) config.kernel().ringSize().asLongValue(),
                config.kernel().processes(),
                config.kernel().takeIn(),
                config.kernel().linger()));
    }

    @Produces
    @Singleton
    Node node(ProcmonConfig config) throws IOException {
        String bootId =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        String hostname = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        return new Node(config.node().orElse(hostname), bootId);
    }
}
