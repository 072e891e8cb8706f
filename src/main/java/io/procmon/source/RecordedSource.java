package io.procmon.source;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.bpf.CaptureCounters;
import io.procmon.bpf.CrashCounters;
import io.procmon.bpf.KernelCounters;
import io.procmon.bpf.KernelLosses;
import io.procmon.bpf.Throttle;
import io.procmon.events.ImageKey;
import io.procmon.events.KernelRecord;
import io.quarkus.logging.Log;
import io.smallrye.mutiny.Multi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** A source that also writes each record of another source to a file: see {@link Recording}. */
public final class RecordedSource implements RecordSource {

    private final RecordSource source;
    private final Path file;
    private volatile boolean failed;

    public RecordedSource(RecordSource source, Path file) {
        this.source = source;
        this.file = file;
    }

    @Override
    public Multi<KernelRecord> records() {
        return Multi.createFrom()
                .resource(this::open, writer -> source.records().invoke(record -> write(record, writer)))
                .withFinalizer(this::close);
    }

    @Override
    public CompletionStage<String> started() {
        return source.started();
    }

    @Override
    public boolean isLive() {
        return source.isLive();
    }

    @Override
    public void stop() {
        source.stop();
    }

    @Override
    public Multi<Throttle> throttles() {
        return source.throttles();
    }

    @Override
    public Duration sinceHeartbeat() {
        return source.sinceHeartbeat();
    }

    @Override
    public boolean isBehind() {
        return source.isBehind();
    }

    @Override
    public void permitText(ImageKey image) {
        source.permitText(image);
    }

    @Override
    public void releaseText(ImageKey image) {
        source.releaseText(image);
    }

    @Override
    public CrashCounters crashes() {
        return source.crashes();
    }

    @Override
    public CaptureCounters captured() {
        return source.captured();
    }

    @Override
    public KernelCounters counters() {
        return source.counters();
    }

    @Override
    public KernelLosses losses() {
        return source.losses();
    }

    private Writer open() {
        try {
            return Files.newBufferedWriter(file, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("record to " + file, e);
        }
    }

    /** Writes a record. A full disk ends the recording, but not the stream. */
    private void write(KernelRecord record, Writer writer) {
        if (failed) {
            return;
        }
        try {
            Recording.write(record, writer);
            writer.flush();
        } catch (IOException e) {
            failed = true;
            Log.errorf("the recording in %s ends here: %s", file, e.getMessage());
        }
    }

    private void close(Writer writer) {
        try {
            writer.close();
        } catch (IOException e) {
            Log.errorf("the recording in %s may lack its last lines: %s", file, e.getMessage());
        }
    }
}
