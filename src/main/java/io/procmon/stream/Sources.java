package io.procmon.stream;

import io.procmon.bpf.CaptureOptions;
import io.procmon.bpf.KernelOptions;
import io.procmon.config.ProcmonConfig;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.events.Node;
import io.procmon.source.LiveSource;
import io.procmon.source.RecordSource;
import io.procmon.source.RecordedSource;
import io.procmon.source.Recording;
import io.procmon.source.ReplaySource;
import io.procmon.spool.Spool;
import io.procmon.spool.SpoolOptions;
import io.procmon.spool.SteadyClock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** Produces the source of records, the node and the spool from the configuration. */
@ApplicationScoped
class Sources {

    private static final String SESSION = "/recorded-session.ndjson";

    @Produces
    @Singleton
    KernelOptions kernel(ProcmonConfig config) {
        ProcmonConfig.Kernel kernel = config.kernel();
        return new KernelOptions(
                config.hostname().prefix(),
                (int) kernel.ringSize().asLongValue(),
                kernel.burstSize().asLongValue(),
                kernel.processes(),
                true, // the owners of containers are learned from the processes that run already
                kernel.execRate(),
                kernel.execBurst(),
                kernel.linger());
    }

    @Produces
    @Singleton
    RecordSource source(ProcmonConfig config, KernelOptions kernel) throws IOException {
        RecordSource source = switch (config.source()) {
            case LIVE -> live(config, kernel);
            case REPLAY -> recording();
            case AUTO -> LiveSource.obstacle().isEmpty() ? live(config, kernel) : recording();
        };
        return config.recordTo()
                .<RecordSource>map(file -> new RecordedSource(source, file))
                .orElse(source);
    }

    private static LiveSource live(ProcmonConfig config, KernelOptions kernel) {
        return new LiveSource(
                kernel,
                config.diagnostics().level() == DiagnosticsLevel.OFF
                        ? Optional.empty()
                        : Optional.of(new CaptureOptions(config.hostname().prefix(), new LikelyWriters(config))));
    }

    @Produces
    @Singleton
    Spool spool(ProcmonConfig config) {
        ProcmonConfig.Spool spool = config.spool();
        return new Spool(
                new SpoolOptions(
                        spool.dir(),
                        spool.maxSize().asLongValue(),
                        spool.maxAge(),
                        spool.memorySize().asLongValue(),
                        spool.catchUpRate()),
                new SteadyClock(Clock.systemUTC()));
    }

    @Produces
    @Singleton
    Node node(ProcmonConfig config) throws IOException {
        String bootId =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        String hostname = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        return new Node(config.node().orElse(hostname), bootId);
    }

    private static RecordSource recording() throws IOException {
        try (InputStream session = Sources.class.getResourceAsStream(SESSION)) {
            return new ReplaySource(Recording.read(session));
        }
    }
}
