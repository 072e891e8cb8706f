package io.procmon.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether somebody listens where activities are sent. */
final class BackendExamination {

    private static final String SUBJECT = "backend";

    private final List<URI> addresses;
    private final List<String> complaints;
    private final String variable;
    private final Duration timeout;

    /**
     * @param addresses of which one has to do
     * @param complaints about what is no address
     * @param variable where they are configured
     */
    private BackendExamination(List<URI> addresses, List<String> complaints, String variable, Duration timeout) {
        this.addresses = addresses;
        this.complaints = complaints;
        this.variable = variable;
        this.timeout = timeout;
    }

    /** A backend by HTTP. */
    static BackendExamination http(URI endpoint, Duration timeout) {
        return new BackendExamination(List.of(endpoint), List.of(), "API_ENDPOINT", timeout);
    }

    /** A cluster, of which one broker tells where the others are. */
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

    /** A name with an underscore is none that a URI can have, and is refused by Kafka's client as well. */
    private static URI parsed(String address) {
        try {
            return new URI(address);
        } catch (URISyntaxException _) {
            return URI.create("");
        }
    }

    /** No backend at all. */
    static Finding embedded() {
        return Finding.ok(SUBJECT, "API_ENDPOINT is not set: the embedded receiver takes activities");
    }

    /** A connection, and no request: a backend may take any request for an activity. */
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
