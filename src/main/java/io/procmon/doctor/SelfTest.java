package io.procmon.doctor;

import io.procmon.bpf.BpfException;
import io.procmon.bpf.CaptureOptions;
import io.procmon.bpf.CaptureState;
import io.procmon.bpf.KernelOptions;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.KernelRecord;
import io.procmon.source.LiveSource;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Executes a program and waits for the kernel to report its exec and its exit. It watches this process' own hostname,
 * so it needs no namespace, and no privilege beyond those of the service.
 */
final class SelfTest {

    private static final String SUBJECT = "self-test";
    private static final String DIAGNOSTICS = "diagnostics";
    private static final String CRASHES = "crashes";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int HOSTNAME_PREFIX_MAX = 16;
    private static final int RING_SIZE = 1 << 20;
    private static final int PROCESSES = 1024;

    private final LiveSource source;
    private final List<String> command;

    /**
     * @param hostname the hostname of this process
     * @param token an argument that no other process has
     */
    SelfTest(String hostname, String token) {
        this(hostname, token, false);
    }

    /** @param capture whether to test the capture of standard error as well */
    SelfTest(String hostname, String token, boolean capture) {
        String prefix = hostname.substring(0, Math.min(hostname.length(), HOSTNAME_PREFIX_MAX));
        source = new LiveSource(
                new KernelOptions(prefix, RING_SIZE, 0, PROCESSES, false, 0, 1, Duration.ofMillis(4)),
                capture ? Optional.of(new CaptureOptions(prefix, _ -> false)) : Optional.empty());
        command = List.of(ownExecutable(), "--version", token);
    }

    Finding finding() throws InterruptedException {
        CompletableFuture<Void> ended = new CompletableFuture<>();
        Probe probe = new Probe(command.getLast(), ended);
        source.records()
                .subscribe()
                .with(
                        probe::see,
                        ended::completeExceptionally,
                        () -> ended.completeExceptionally(new IllegalStateException("the stream has ended")));
        try {
            String watched = source.started().toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            execute();
            ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return Finding.ok(SUBJECT, "procmon received an exec and its exit; " + watched);
        } catch (TimeoutException e) {
            return Finding.missing(
                    SUBJECT,
                    "procmon did not receive an exec and its exit within " + PATIENCE.toSeconds() + " s",
                    "please report this with the output of procmon doctor --json");
        } catch (ExecutionException e) {
            return refused(e.getCause());
        } catch (IOException e) {
            return Finding.degraded(SUBJECT, "could not execute " + command, e.getMessage());
        } finally {
            source.stop();
        }
    }

    /** The finding about the capture of standard error. Call it after the test. */
    Finding capture() {
        Optional<CaptureState> state = source.captureState();
        if (state.isEmpty()) {
            return Finding.ok(DIAGNOSTICS, "off, or not tested");
        }
        String observation = state.get().description();
        return state.get()
                .hook()
                .map(hook -> switch (hook) {
                    case FEXIT -> Finding.ok(DIAGNOSTICS, observation);
                    case SYS_EXIT ->
                        Finding.degraded(
                                DIAGNOSTICS,
                                observation,
                                "each system call of the node costs about 15 ns more while a captured program runs, and the first text after a pause can be incomplete");
                })
                .orElse(Finding.degraded(
                        DIAGNOSTICS, observation, "set procmon.diagnostics.level=off, or take another kernel"));
    }

    /** The finding about the places of crashes. Call it after the test. */
    Finding crashes() {
        Optional<String> refusal = source.captureState().map(CaptureState::crashRefusal);
        if (refusal.isEmpty()) {
            return Finding.ok(CRASHES, "off, or not tested");
        }
        return refusal.get().isEmpty()
                ? Finding.ok(CRASHES, "located by signal_deliver")
                : Finding.degraded(
                        CRASHES,
                        "not located: " + refusal.get(),
                        "events of crashes have the signal only; a kernel from 6.1 on shows the place too");
    }

    private static Finding refused(Throwable cause) {
        return cause instanceof BpfException refusal
                ? Finding.missing(SUBJECT, "the kernel cannot be watched", refusal.getMessage())
                : Finding.missing(SUBJECT, "failed, which is a bug", String.valueOf(cause));
    }

    /** This process' own executable, which exists in any container. */
    private static String ownExecutable() {
        return ProcessHandle.current().info().command().orElse("/proc/self/exe");
    }

    private void execute() throws IOException, InterruptedException {
        new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Completes when the image with the token has started and exited. */
    private static final class Probe {

        private final String token;
        private final CompletableFuture<Void> ended;
        private int tgid = -1;

        Probe(String token, CompletableFuture<Void> ended) {
            this.token = token;
            this.ended = ended;
        }

        void see(KernelRecord record) {
            switch (record) {
                case ExecRecord exec -> {
                    if (exec.call().argv().arguments().contains(token)) {
                        tgid = exec.image().tgid();
                    }
                }
                case ExitRecord exit -> {
                    if (exit.image().tgid() == tgid) {
                        ended.complete(null);
                    }
                }
            }
        }
    }
}
