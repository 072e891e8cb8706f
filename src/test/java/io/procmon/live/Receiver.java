package io.procmon.live;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A backend with a given behaviour. It stores events, and accepts, rejects or delays requests, or closes connections.
 */
final class Receiver implements AutoCloseable {

    /** The reaction to a request. */
    enum Manner {
        ACCEPTS,
        REFUSES,
        HANGS_UP
    }

    static {
        // Otherwise an answer waits 40 ms for a delayed acknowledgement (Nagle's algorithm).
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ObjectMapper json = new ObjectMapper();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Map<Manner, AtomicInteger> answered = new ConcurrentHashMap<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private volatile List<Manner> manners = List.of(Manner.ACCEPTS);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private Receiver(HttpServer server) {
        this.server = server;
    }

    /** A receiver on a free port that accepts everything. */
    static Receiver open() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Receiver receiver = new Receiver(server);
            server.createContext("/", receiver::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return receiver;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sets the reactions, which are used in turn from now on. */
    Receiver behaving(Manner... byTurns) {
        manners = List.of(byTurns);
        return this;
    }

    /** Delays all answers until {@link #release}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    /** Sends all delayed answers. */
    void release() {
        gate.countDown();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The accepted events, in the order of arrival. */
    List<Event> events() {
        return events;
    }

    /** The number of requests with this reaction. */
    int answered(Manner manner) {
        AtomicInteger count = answered.get(manner);
        return count == null ? 0 : count.get();
    }

    /** The number of requests, with any reaction. */
    int requests() {
        return requests.get();
    }

    /** The number of connections with requests. */
    int connections() {
        return connections.size();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        connections.add(exchange.getRemoteAddress());
        try (exchange) {
            Event event = Event.of(exchange.getRequestURI().getPath(), json.readTree(exchange.getRequestBody()));
            List<Manner> byTurns = manners;
            Manner manner = byTurns.get(requests.getAndIncrement() % byTurns.size());
            gate.await();
            if (manner == Manner.ACCEPTS) {
                events.add(event);
            }
            answered.computeIfAbsent(manner, _ -> new AtomicInteger()).incrementAndGet();
            switch (manner) {
                case ACCEPTS -> exchange.sendResponseHeaders(200, -1);
                case REFUSES -> exchange.sendResponseHeaders(422, -1);
                case HANGS_UP -> {} // closing the exchange closes the connection
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
