package io.procmon.bench;

import io.procmon.PostgresServer;
import io.procmon.classroom.intake.DatabaseLoader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Measures the class service with a PostgreSQL database while a semester arrives: the time of an activity, the memory,
 * and the times of the page and of the export, with few activities and with many.
 */
@Command(
        name = "class",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Measures the class service with a database, with few activities and with many.",
            "Most of them are copied into the database; the last are sent to the class service."
        })
final class ClassBench implements Callable<Integer> {

    private static final String HEAD = "activities";
    private static final int BATCH = 100;
    private static final int AT_WORK = 3_000;

    /** The parameters of open pages: several orders of the rows, in both directions. */
    private static final List<String> PAGES = Stream.of("signs", "student", "homework", "state", "seen")
            .flatMap(order -> Stream.of("&sort=" + order, "&descending=true&sort=" + order))
            .toList();

    private static final int PACED_PER_SECOND = 20;

    /** How long it measures; before that, half as long without measuring. */
    private static final int PACED_SECONDS = 20;

    private static final String HOST = "http://127.0.0.1:";

    @Option(
            names = "--activities",
            split = ",",
            defaultValue = "10000,1000000",
            description = "the numbers of activities at which it measures (${DEFAULT-VALUE})")
    private List<Long> sizes;

    @Option(names = "--students", defaultValue = "30000", description = "the number of students (${DEFAULT-VALUE})")
    private int students;

    @Option(names = "--per-course", defaultValue = "300", description = "the students of a course (${DEFAULT-VALUE})")
    private int perCourse;

    @Option(
            names = "--senders",
            defaultValue = "16",
            description = "the number of batches that are sent at the same time (${DEFAULT-VALUE})")
    private int senders;

    @Option(
            names = "--command",
            split = " ",
            defaultValue = "java @docker/jvm.options -Xmx256m @target/trained/start.options io.procmon.Main",
            description = "starts procmon (${DEFAULT-VALUE})")
    private List<String> command;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, List<String>> table = new LinkedHashMap<>();
    private String address;
    private String metrics;
    private Process service;

    @Override
    public Integer call() throws Exception {
        List<String> head = new ArrayList<>(List.of(HEAD));
        table.put(HEAD, head);
        try (PostgresServer database = PostgresServer.startDurable()) {
            String url = database.newDatabase("class");
            service = start(database, url);
            try {
                ClassLoad load = ClassLoad.until(Instant.now(), students, perCourse, sizes.getLast());
                database.rows(
                        url,
                        "select turn_months(month::date, '1970-01-01') from generate_series(timestamp '%s', now(), '1 month') as month"
                                .formatted(load.begin().toString().replace("Z", "")));
                long loaded = 0;
                for (long size : sizes) {
                    head.add("%,d".formatted(size));
                    loaded = measure(load, loaded, size, service.pid(), database, url);
                    stop();
                    long begin = System.nanoTime();
                    service = start(database, url);
                    row("the time of a start, ms", (System.nanoTime() - begin) / 1e6);
                    row("  the first page after it, ms", millis(address, "/api/class", 1));
                    row(
                            "  the first page of another course, ms",
                            millis(address, "/api/class?course=" + ClassLoad.course(students / perCourse / 2), 1));
                }
            } finally {
                stop();
            }
        }
        System.out.print(Table.of(List.copyOf(table.values())));
        return 0;
    }

    private void stop() throws InterruptedException {
        service.destroy();
        service.waitFor();
    }

    private Process start(PostgresServer database, String url) throws IOException {
        int port = freePort();
        int metricsPort = freePort();
        Path log = Files.createDirectories(Path.of("target/bench")).resolve("class.log");
        List<String> whole = new ArrayList<>(command);
        whole.add("class");
        ProcessBuilder builder =
                new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment()
                .putAll(Map.of(
                        "QUARKUS_HTTP_PORT", Integer.toString(port),
                        "PROMETHEUS_PORT", Integer.toString(metricsPort),
                        "PROCMON_DATABASE_URL", url,
                        "PROCMON_DATABASE_USER", PostgresServer.USER,
                        "PROCMON_DATABASE_PASSWORD_FILE",
                                database.passwordFile().toString()));
        Process service = builder.start();
        address = HOST + port;
        metrics = HOST + metricsPort;
        Patience.await("the class service (see %s)".formatted(log), this::isReady);
        return service;
    }

    private boolean isReady() throws IOException {
        try {
            return http.send(request(metrics + "/q/health/ready").build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false; // the port is not open yet
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }

    private long measure(ClassLoad load, long from, long to, long pid, PostgresServer database, String url)
            throws Exception {
        long last = Math.min(to - from, sizes.getFirst()) / 2;
        try (Connection connection = database.connect(url)) {
            DatabaseLoader.load(connection, load.events(from, to - last));
        }
        ProcessTimes before = ProcessTimes.of(pid);
        double seconds = send(load, to - last, to);
        ProcessTimes used = ProcessTimes.of(pid).since(before);
        row(
                "time of an activity, of the last %,d; %d batches of %d at once, ms"
                        .formatted(sizes.getFirst() / 2, senders, BATCH),
                seconds * 1e3 / last);
        row("  CPU of the class service for it, ms", (used.userMillis() + used.systemMillis()) / (double) last);
        row("the first page of a course, ms", millis(address, "/api/class?course=" + ClassLoad.course(0), 1));
        row("the page of a course, ms", millis("/api/class?course=" + ClassLoad.course(0)));
        row("the summaries of a course, ms", millis("/api/workflow?course=" + ClassLoad.course(0)));
        row(
                "the builds and runs of a student, ms",
                millis("/api/workflow/attempts?course=%s&student=%s"
                        .formatted(ClassLoad.course(0), load.student(0, 0))));
        row("the export of a course, ms", millis("/api/export/progsnap2?course=" + ClassLoad.course(0)));
        row("the summaries of all courses, ms", millis("/api/workflow"));
        row("the export of all courses, ms", millis("/api/export/progsnap2"));
        row(
                "CPU for an activity of a course with %d different open pages, %d/s, ms"
                        .formatted(PAGES.size(), PACED_PER_SECOND),
                cpuWithPages(load, pid));
        row("the metrics, ms", millis(metrics, "/metrics", 2));
        row("the metrics with %,d students at work, ms".formatted(AT_WORK), metricsOf(load));
        row("resident memory of the class service, MB", ProcessTimes.residentBytes(pid) / 1e6);
        row(
                "size of the database, MB",
                Long.parseLong(database.rows(url, "select pg_database_size(current_database())")
                                .getFirst())
                        / 1e6);
        return to;
    }

    private void row(String title, double value) {
        table.computeIfAbsent(title, _ -> new ArrayList<>(List.of(title))).add("%,.2f".formatted(value));
        System.err.printf("%s: %,.2f%n", title.strip(), value);
    }

    /** The CPU time of the class service for an activity while browsers show the course, in milliseconds. */
    private double cpuWithPages(ClassLoad load, long pid) throws IOException, InterruptedException {
        List<InputStream> pages = new ArrayList<>();
        for (String page : PAGES) {
            InputStream changes = http.send(
                            request(address + "/api/class/changes?course=" + ClassLoad.course(0) + page)
                                    .build(),
                            BodyHandlers.ofInputStream())
                    .body();
            pages.add(changes);
            Thread.ofVirtual().start(() -> readUntilClosed(changes));
        }
        pace(load, PACED_PER_SECOND * PACED_SECONDS / 2);
        ProcessTimes before = ProcessTimes.of(pid);
        pace(load, PACED_PER_SECOND * PACED_SECONDS);
        ProcessTimes used = ProcessTimes.of(pid).since(before);
        for (InputStream page : pages) {
            page.close();
        }
        return (used.userMillis() + used.systemMillis()) / (double) (PACED_PER_SECOND * PACED_SECONDS);
    }

    private static void readUntilClosed(InputStream stream) {
        try {
            stream.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // closed, or the class service has ended: then the next request fails
        }
    }

    /** Sends activities of the first course, one after the other, at the pace of a large class. */
    private void pace(ClassLoad load, int activities) throws IOException, InterruptedException {
        for (int activity = 0; activity < activities; activity++) {
            post(load.now(activity % perCourse, 1, Instant.now()));
            TimeUnit.MILLISECONDS.sleep(1000 / PACED_PER_SECOND);
        }
    }

    /** The time of the metrics while students are at work. */
    private double metricsOf(ClassLoad load) throws IOException, InterruptedException {
        for (int from = 0; from < AT_WORK; from += BATCH) {
            post(load.now(from, BATCH, Instant.now()));
        }
        TimeUnit.SECONDS.sleep(11); // the metrics are computed every ten seconds at most
        millis(metrics, "/metrics", 1);
        TimeUnit.SECONDS.sleep(11);
        return millis(metrics, "/metrics", 1);
    }

    /** Sends activities, and returns after how many seconds all are stored. */
    private double send(ClassLoad load, long from, long to) throws InterruptedException, ExecutionException {
        AtomicLong next = new AtomicLong(from);
        long begin = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(senders)) {
            List<Future<Void>> sending = new ArrayList<>();
            for (int sender = 0; sender < senders; sender++) {
                sending.add(threads.submit(() -> {
                    for (long batch = next.getAndAdd(BATCH); batch < to; batch = next.getAndAdd(BATCH)) {
                        post(load.batch(batch, Math.toIntExact(Math.min(BATCH, to - batch))));
                    }
                    return null;
                }));
            }
            for (Future<Void> sender : sending) {
                sender.get();
            }
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private void post(String events) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                request(address + "/api/events")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(events))
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException("the class service answers %d: %s".formatted(answer.statusCode(), answer.body()));
        }
    }

    private double millis(String path) throws IOException, InterruptedException {
        return millis(address, path, 2);
    }

    /** The time until the whole answer is read, the last of several times. */
    private double millis(String host, String path, int times) throws IOException, InterruptedException {
        long begin = 0;
        for (int time = 0; time < times; time++) {
            begin = System.nanoTime();
            HttpResponse<InputStream> answer = http.send(request(host + path).build(), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                body.transferTo(OutputStream.nullOutputStream());
            }
            if (answer.statusCode() != 200) {
                throw new IOException("%s answers %d".formatted(path, answer.statusCode()));
            }
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private static HttpRequest.Builder request(String uri) {
        return HttpRequest.newBuilder(URI.create(uri));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
