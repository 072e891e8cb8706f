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
import java.time.ZoneId;
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

    private final ActivityLine line = new ActivityLine(ZoneId.systemDefault());
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile int exitCode;
    private volatile boolean silent;

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

    private void report(Receipt receipt) {
        if (config.print()) {
            System.out.println(line.of(receipt));
        }
        switch (receipt) {
            case Receipt.Delivered delivered -> {
                Log.debugf("delivered %s", delivered.activity().eventId());
                backendAnswers();
            }
            case Receipt.Rejected rejected -> {
                Log.warnf(
                        "the backend refused event %s: HTTP %d",
                        rejected.activity().eventId(), rejected.status());
                backendAnswers();
            }
            case Receipt.Undelivered undelivered -> backendIsSilent(undelivered);
        }
    }

    /** One line when it goes away and one when it is back, however many events find it so. */
    private void backendIsSilent(Receipt.Undelivered undelivered) {
        if (silent) {
            Log.debugf("could not deliver event %s: %s", undelivered.activity().eventId(), undelivered.cause());
        } else {
            Log.warnf(
                    "could not deliver event %s to %s: %s; further ones are only counted, in procmon_activities_undelivered_total",
                    undelivered.activity().eventId(), backend.endpoint(), undelivered.cause());
        }
        silent = true;
    }

    private void backendAnswers() {
        if (silent) {
            Log.info("the backend answers again");
        }
        silent = false;
    }

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
