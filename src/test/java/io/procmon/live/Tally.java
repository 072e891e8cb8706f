package io.procmon.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.BitSet;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A backend for batches that stores only the numbers of the programs. */
final class Tally implements AutoCloseable {

    private final HttpServer server;
    private final ObjectMapper json = new ObjectMapper();
    private final BitSet numbers;
    private int repeated;

    private Tally(HttpServer server, int size) {
        this.server = server;
        this.numbers = new BitSet(size);
    }

    static Tally open(int size) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Tally tally = new Tally(server, size);
            server.createContext("/", tally::handle);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return tally;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The number of different numbers that have arrived. */
    synchronized int arrived() {
        return numbers.cardinality();
    }

    /** The number of repeated arrivals. */
    synchronized int repeated() {
        return repeated;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean compressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
            InputStream body = exchange.getRequestBody();
            JsonNode content = json.readTree(compressed ? new GZIPInputStream(body) : body);
            if (content.isArray()) {
                content.forEach(this::add);
            } else {
                add(content);
            }
            exchange.sendResponseHeaders(204, -1);
        }
    }

    private synchronized void add(JsonNode activity) {
        int number = activity.required("number").intValue();
        if (numbers.get(number)) {
            repeated++;
        }
        numbers.set(number);
    }
}
