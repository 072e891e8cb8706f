package io.procmon.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/** A backend that keeps its address while it is closed, and that can fail in several ways while it is open. */
final class PostOffice implements AutoCloseable {

    /** The reaction to a request. */
    enum Mood {
        TAKES,
        /** Answers that it is busy, with a pause of {@link #PAUSE}. */
        IS_BUSY,
        FAILS,
        /** Does not answer. */
        HANGS,
        /** Accepts the activity, and does not answer. */
        SWALLOWS,
        /** Accepts the activity, and closes the connection in the middle of the answer. */
        BREAKS_OFF
    }

    /**
     * An accepted activity.
     *
     * @param key the header {@code Idempotency-Key}
     * @param type the header {@code Content-Type}
     */
    record Letter(String key, String type, JsonNode activity) {

        String id() {
            return activity.required("event_id").textValue();
        }

        /** The file name of the target; empty if the body is not an activity. */
        String target() {
            return Path.of(activity.path("target_path").asText()).getFileName().toString();
        }
    }

    static final Duration PAUSE = Duration.ofSeconds(2);

    private static final int ANSWER_BYTES = 100;

    private final Optional<SSLContext> tls;
    private final int port = Service.freePort();
    private final ObjectMapper json = new ObjectMapper();
    private final List<Letter> letters = new CopyOnWriteArrayList<>();
    private final List<Long> requests = new CopyOnWriteArrayList<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Mood mood = Mood.TAKES;
    private volatile Optional<String> token = Optional.empty();
    private volatile Set<String> refused = Set.of();
    private volatile Set<String> poisonous = Set.of();
    private volatile Duration work = Duration.ZERO;
    private HttpServer server;

    /** @param tls for https with a client certificate; otherwise http */
    PostOffice(Optional<SSLContext> tls) {
        this.tls = tls;
    }

    /** An open backend over http. */
    static PostOffice opened() {
        PostOffice office = new PostOffice(Optional.empty());
        office.open();
        return office;
    }

    /** An open backend over https. */
    static PostOffice opened(SSLContext tls) {
        PostOffice office = new PostOffice(Optional.of(tls));
        office.open();
        return office;
    }

    /** Opens the port. */
    void open() {
        if (server != null) {
            return;
        }
        try {
            server = server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** Closes all connections and the port. */
    void shut() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    void is(Mood mood) {
        this.mood = mood;
    }

    /** Accepts only this token from now on. */
    void expects(String token) {
        this.token = Optional.of(token);
    }

    /** Rejects requests with an activity of this target from now on. */
    void refuses(String target) {
        refused = Set.of(target);
    }

    /** Closes the connection at each request with an activity of this target from now on. */
    void breaksAt(String target) {
        poisonous = Set.of(target);
    }

    /** Takes this time for each request from now on. */
    void worksFor(Duration time) {
        work = time;
    }

    URI address() {
        return URI.create((tls.isPresent() ? "https" : "http") + "://127.0.0.1:" + port);
    }

    /** The accepted activities, in the order of arrival. */
    List<Letter> letters() {
        return letters;
    }

    /** The targets of all received activities. */
    Set<String> targets() {
        return letters.stream().map(Letter::target).collect(Collectors.toSet());
    }

    /** The ids with which each target was received. */
    Map<String, Set<String>> ids() {
        return letters.stream()
                .collect(Collectors.groupingBy(Letter::target, Collectors.mapping(Letter::id, Collectors.toSet())));
    }

    /** The times of the requests, by {@link System#nanoTime}, with any reaction. */
    List<Long> requests() {
        return requests;
    }

    @Override
    public void close() {
        end.countDown();
        shut();
    }

    private HttpServer server(InetSocketAddress address) throws IOException {
        if (tls.isEmpty()) {
            return HttpServer.create(address, 0);
        }
        HttpsServer https = HttpsServer.create(address, 0);
        https.setHttpsConfigurator(new HttpsConfigurator(tls.get()) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters mutual = getSSLContext().getDefaultSSLParameters();
                mutual.setNeedClientAuth(true);
                parameters.setSSLParameters(mutual);
            }
        });
        return https;
    }

    /** One activity or a batch, in an envelope or not. */
    private List<Letter> post(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body = exchange.getRequestBody();
        JsonNode content = json.readTree(compressed ? new GZIPInputStream(body) : body);
        Iterable<JsonNode> members = content.isArray() ? content : List.of(content);
        List<Letter> post = new ArrayList<>();
        for (JsonNode member : members) {
            post.add(new Letter(key, type, member.has("specversion") ? member.required("data") : member));
        }
        return post;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            List<Letter> post = post(exchange);
            requests.add(System.nanoTime());
            if (token.isPresent()
                    && !("Bearer " + token.get())
                            .equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                exchange.sendResponseHeaders(401, -1);
                return;
            }
            if (post.stream().map(Letter::target).anyMatch(refused::contains)) {
                exchange.sendResponseHeaders(422, -1);
                return;
            }
            if (post.stream().map(Letter::target).anyMatch(poisonous::contains)) {
                return; // closing the exchange closes the connection
            }
            if (work.isPositive() && end.await(work.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
            switch (mood) {
                case TAKES -> {
                    letters.addAll(post);
                    exchange.sendResponseHeaders(204, -1);
                }
                case IS_BUSY -> {
                    exchange.getResponseHeaders().add("Retry-After", Long.toString(PAUSE.toSeconds()));
                    exchange.sendResponseHeaders(429, -1);
                }
                case FAILS -> exchange.sendResponseHeaders(500, -1);
                case HANGS -> end.await();
                case SWALLOWS -> {
                    letters.addAll(post);
                    end.await();
                }
                case BREAKS_OFF -> {
                    letters.addAll(post);
                    exchange.sendResponseHeaders(200, ANSWER_BYTES);
                    exchange.getResponseBody().write('{');
                    exchange.getResponseBody().flush();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
