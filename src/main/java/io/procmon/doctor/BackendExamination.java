package io.procmon.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Checks whether a server accepts connections at the backend's address. */
final class BackendExamination {

    private static final String SUBJECT = "backend";

    private final List<URI> addresses;
    private final List<String> complaints;
    private final String variable;
    private final Duration timeout;

    /**
     * @param addresses the addresses; one of them must answer
     * @param complaints messages about invalid addresses
     * @param variable the environment variable of the addresses
     */
    private BackendExamination(List<URI> addresses, List<String> complaints, String variable, Duration timeout) {
        this.addresses = addresses;
        this.complaints = complaints;
        this.variable = variable;
        this.timeout = timeout;
    }

    /** Checks a backend over HTTP. */
    static BackendExamination http(URI endpoint, Duration timeout) {
        return new BackendExamination(List.of(endpoint), List.of(), "API_ENDPOINT", timeout);
    }

    /** Checks a Kafka cluster: one broker that answers is enough, because it knows the others. */
    static BackendExamination kafka(String servers, Duration timeout) {
        List<URI> brokers = new ArrayList<>();
        List<String> complaints = new ArrayList<>();
        for (String server : servers.split(",", -1)) {
            URI broker = parsed("kafka://" + server.strip());
            if (broker.getHost() == null || broker.getPort() < 0) {
                complaints.add("'%s' is no host:port".formatted(server.strip()));
            } else {
                brokers.add(broker);
            }
        }
        return new BackendExamination(brokers, complaints, "KAFKA_BOOTSTRAP_SERVERS", timeout);
    }

    /** Parses host:port. A host name with an underscore is invalid in a URI, and Kafka's client rejects it too. */
    private static URI parsed(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException _) {
            return URI.create("");
        }
    }

    /** The finding without a configured backend. */
    static Finding embedded() {
        return Finding.ok(SUBJECT, "API_ENDPOINT is not set: the embedded receiver accepts activities");
    }

    /** Opens a connection, but sends no request, because a backend may take any request for an activity. */
    Finding finding() {
        List<String> found = new ArrayList<>(complaints);
        for (URI address : addresses) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(address.getHost(), port(address)), Math.toIntExact(timeout.toMillis()));
                return Finding.ok(SUBJECT, address + " accepts connections");
            } catch (IOException e) {
                found.add("%s does not answer (%s)".formatted(address, e.getMessage()));
            }
        }
        return Finding.degraded(
                SUBJECT,
                String.join(", ", found),
                "check %s, the name service and the firewall; until then activities cannot be delivered"
                        .formatted(variable));
    }

    private static int port(URI address) {
        if (address.getPort() >= 0) {
            return address.getPort();
        }
        return address.getScheme().equals("https") ? 443 : 80;
    }
}
