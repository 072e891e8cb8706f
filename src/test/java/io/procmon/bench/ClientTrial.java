package io.procmon.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The same POST by two clients: Quarkus' client, which delivers activities, and Vert.x' client, on which it is built.
 */
enum ClientTrial {
    REST("client, Quarkus REST") {
        @Override
        Post client(URI backend) {
            Client client = ClientBuilder.newClient();
            return (body, key) -> client.target(backend)
                    .request()
                    .header(KEY, key)
                    .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                    .rx()
                    .method("POST", Entity.entity(body, MediaType.APPLICATION_JSON))
                    .thenApply(Response::getStatus);
        }
    },
    VERTX("client, Vert.x") {
        @Override
        Post client(URI backend) {
            HttpClient client = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1))
                    .createHttpClient(new HttpClientOptions().setMaxPoolSize(AT_ONCE));
            RequestOptions options = new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setHost(backend.getHost())
                    .setPort(backend.getPort())
                    .setURI(backend.getPath());
            return (body, key) -> client.request(options)
                    .flatMap(request -> request.putHeader(KEY, key)
                            .putHeader(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON)
                            .send(Buffer.buffer(body)))
                    .flatMap((HttpClientResponse response) -> response.end().map(response.statusCode()))
                    .toCompletionStage();
        }
    };

    private static final String KEY = "Idempotency-Key";
    private static final int AT_ONCE = 32;
    private static final int WARM_UP = 20_000;
    private static final int REQUESTS = 20_000;

    /** A body of the size of a build's report. */
    private static final byte[] BODY =
            "{\"x\":\"%s\"}".formatted("y".repeat(1_800)).getBytes(StandardCharsets.UTF_8);

    private final String title;

    ClientTrial(String title) {
        this.title = title;
    }

    /** One request; returns the status of the answer. */
    interface Post {
        CompletionStage<Integer> send(byte[] body, String key);
    }

    abstract Post client(URI backend);

    String title() {
        return title;
    }

    /** The cost of a request in this JVM, with its optimising compiler and 32 requests in flight. */
    Map<Figure, Double> measure(Workbench workbench) throws IOException {
        try (BenchReceiver.Http receiver = BenchReceiver.http(workbench, "client")) {
            Post post = client(URI.create(receiver.environment().get("API_ENDPOINT") + "/api/os-1/hw1/1/logs/build"));
            send(post, WARM_UP);
            long cpu = cpuNanos();
            long allocated = allocatedBytes();
            send(post, REQUESTS);
            Map<Figure, Double> figures = new EnumMap<>(Figure.class);
            figures.put(Figure.CPU_OF_REQUEST, (cpuNanos() - cpu) / 1e3 / REQUESTS);
            figures.put(Figure.ALLOCATED_FOR_REQUEST, (double) (allocatedBytes() - allocated) / REQUESTS);
            return figures;
        }
    }

    private static void send(Post post, int count) throws IOException {
        Semaphore free = new Semaphore(AT_ONCE);
        AtomicInteger accepted = new AtomicInteger();
        for (int i = 0; i < count; i++) {
            free.acquireUninterruptibly();
            var _ = post.send(BODY, UUID.randomUUID().toString()).whenComplete((status, _) -> {
                if (status != null && status < 300) {
                    accepted.incrementAndGet();
                }
                free.release();
            });
        }
        free.acquireUninterruptibly(AT_ONCE);
        if (accepted.get() < count) {
            throw new IOException("%d of %d requests failed".formatted(count - accepted.get(), count));
        }
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            sum += Math.max(0, bytes); // -1 for a thread that has ended
        }
        return sum;
    }
}
