package io.procmon;

import io.procmon.api.Backend;
import io.procmon.api.Receipt;
import io.procmon.bpf.BpfException;
import io.procmon.bpf.RecordSource;
import io.procmon.config.ProcmonConfig;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The service's life: watch, say so, and stop without losing what was seen. */
public class Procmon implements QuarkusApplication {

    private static final int SOFTWARE = 70;

    @Inject
    ProcmonConfig config;

    @Inject
    Pipeline pipeline;

    @Inject
    RecordSource source;

    @Inject
    Backend backend;

    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode;

    @Override
    public int run(String... args) throws InterruptedException {
        source.started()
                .thenAccept(what -> Log.infof(
                        "watching: %s; hostnames %s*; activities go to %s",
                        what, config.hostname().prefix(), backend.endpoint()));
        pipeline.receipts(source).subscribe().with(this::report, this::fail, finished::countDown);
        Quarkus.waitForExit();
        stop();
        return exitCode;
    }

    private void stop() throws InterruptedException {
        source.stop();
        if (!finished.await(config.stopTimeout().toMillis(), TimeUnit.MILLISECONDS)) {
            Log.warn("stopped before everything was delivered");
        }
    }

    private void report(Receipt receipt) {}

    private void fail(Throwable failure) {
        finished.countDown();
        if (failure instanceof BpfException reason) {
            Log.error(reason.getMessage());
            exitCode = reason.exitCode();
        } else {
            Log.error("the stream has failed, which is a bug", failure);
            exitCode = SOFTWARE;
        }
        Quarkus.asyncExit(exitCode);
    }
}
