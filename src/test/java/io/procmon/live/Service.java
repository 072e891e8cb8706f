package io.procmon.live;

import io.procmon.ArtefactUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;

/** The artefact as a process, configured by its environment only. */
final class Service implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(15_000, 25_000));

    private final Process process;
    private final Path log;
    private final int metricsPort;
    private final int httpPort;

    private Service(Process process, Path log, int metricsPort, int httpPort) {
        this.process = process;
        this.log = log;
        this.metricsPort = metricsPort;
        this.httpPort = httpPort;
    }

    /** Starts it and waits until it watches. */
    static Service start(Path log, Map<String, String> environment) {
        return start(ArtefactUnderTest.path(), log, environment);
    }

    /** Starts another artefact than the one under test, and waits until it watches. */
    static Service start(Path artefact, Path log, Map<String, String> environment) {
        return awaitReady(launch(List.of(), artefact, log, environment));
    }

    /** Starts the class service through another command, and waits until it accepts activities. */
    static Service startClass(List<String> wrapper, Path log, Map<String, String> environment) {
        return awaitReady(launch(wrapper, ArtefactUnderTest.path(), List.of("class"), log, environment));
    }

    private static Service awaitReady(Service service) {
        try {
            Await.until("procmon is ready", service::isReady);
        } catch (AssertionError e) {
            service.close();
            throw e;
        }
        return service;
    }

    /** Starts it through another command, and does not wait. */
    static Service launch(List<String> wrapper, Path artefact, Path log, Map<String, String> environment) {
        return launch(wrapper, artefact, List.of(), log, environment);
    }

    private static Service launch(
            List<String> wrapper, Path artefact, List<String> arguments, Path log, Map<String, String> environment) {
        int metricsPort = freePort();
        String portOfTest = environment.get("QUARKUS_HTTP_PORT");
        int httpPort = portOfTest == null ? freePort() : Integer.parseInt(portOfTest);
        List<String> command = new ArrayList<>(wrapper);
        command.addAll(command(artefact));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .keySet()
                .removeIf(
                        name -> name.startsWith("PROCMON_") || name.startsWith("QUARKUS_") || name.startsWith("API_"));
        builder.environment().put("PROMETHEUS_PORT", Integer.toString(metricsPort));
        builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
        builder.environment().putAll(environment);
        try {
            return new Service(builder.start(), log, metricsPort, httpPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path artefact) {
        List<String> command = new ArrayList<>();
        if (artefact.toString().endsWith(".jar")) {
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar")); // starts in half the time
        }
        command.add(artefact.toString());
        return command;
    }

    /** The output of the artefact with some arguments. It must succeed. */
    static String output(String... arguments) {
        List<String> command = command(ArtefactUnderTest.path());
        command.addAll(List.of(arguments));
        return Shell.run(command.toArray(String[]::new));
    }

    Metrics metrics() {
        return Metrics.parse(get(metricsPort, "/metrics").body());
    }

    /** Waits until the metrics meet a condition, and returns them. */
    Metrics metricsWhere(String what, Predicate<Metrics> condition) {
        AtomicReference<Metrics> last = new AtomicReference<>();
        try {
            return Await.value(what, () -> {
                last.set(metrics());
                return Optional.of(last.get()).filter(condition);
            });
        } catch (AssertionError e) {
            throw new AssertionError("%s; at last:%n%s".formatted(e.getMessage(), last.get()), e);
        }
    }

    /** The address of its HTTP server, which serves the page. */
    URI address() {
        return URI.create("http://127.0.0.1:" + httpPort);
    }

    /** An answer of its HTTP server. */
    HttpResponse<String> get(String path) {
        return get(httpPort, path);
    }

    /** The answer of its HTTP server to a PUT. */
    HttpResponse<String> put(String path, String body) {
        return send(HttpRequest.newBuilder(uri(httpPort, path)).PUT(BodyPublishers.ofString(body)));
    }

    /** The answer of its HTTP server to a DELETE. */
    HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(uri(httpPort, path)).DELETE());
    }

    /** The status of the answer of its HTTP server to JSON. */
    int post(String path, String body) {
        return send(HttpRequest.newBuilder(uri(httpPort, path))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)))
                .statusCode();
    }

    /** The port of metrics and health checks. */
    int metricsPort() {
        return metricsPort;
    }

    /** An answer of its management server, which serves metrics and health checks. */
    HttpResponse<String> management(String path) {
        return get(metricsPort, path);
    }

    /** The answer of its management server to a scraper that accepts a format. */
    HttpResponse<String> scrape(String path, String accepted) {
        return send(HttpRequest.newBuilder(uri(metricsPort, path)).header("Accept", accepted));
    }

    /** Its whole output. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Suspends it, as on an overloaded machine. */
    void freeze() {
        Shell.run("kill", "-STOP", Long.toString(process.pid()));
    }

    /** Resumes it. */
    void thaw() {
        Shell.run("kill", "-CONT", Long.toString(process.pid()));
    }

    /** Its process id. */
    long pid() {
        return process.pid();
    }

    /** Its memory mappings, such as libraries. */
    String maps() {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "maps"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its resident memory, in KiB. */
    long residentKib() {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends it SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** Ends it with SIGKILL. */
    void kill() {
        process.destroyForcibly();
        exitStatus();
    }

    /** Waits for its end. */
    int exitStatus() {
        Await.until("procmon has ended; it has printed:\n" + log(), () -> !process.isAlive());
        return process.exitValue();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReady() {
        if (!process.isAlive()) {
            throw new AssertionError("procmon has ended with status %d:%n%s".formatted(process.exitValue(), log()));
        }
        try {
            return get(metricsPort, "/q/health/ready").statusCode() == 200;
        } catch (UncheckedIOException e) {
            return false; // the port is not open yet
        }
    }

    private static HttpResponse<String> get(int port, String path) {
        return send(HttpRequest.newBuilder(uri(port, path)));
    }

    private static URI uri(int port, String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * A new port each time, below the range that the kernel assigns to clients, so no other process gets it by chance.
     */
    static int freePort() {
        return Await.value("there is a free port", () -> {
            try (ServerSocket socket = new ServerSocket(NEXT_PORT.getAndIncrement())) {
                return Optional.of(socket.getLocalPort());
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }
}
