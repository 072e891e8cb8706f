package io.procmon.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Whether somebody listens where activities are sent. */
final class BackendExamination {

    private static final String SUBJECT = "backend";

    private final List<URI> addresses;
    private final String variable;
    private final Duration timeout;

    /**
     * @param addresses of which one has to do
     * @param variable where they are configured
     */
    private BackendExamination(List<URI> addresses, String variable, Duration timeout) {
        this.addresses = addresses;
        this.variable = variable;
        this.timeout = timeout;
    }

    /** A backend by HTTP. */
    static BackendExamination http(URI endpoint, Duration timeout) {
        return new BackendExamination(List.of(endpoint), "API_ENDPOINT", timeout);
    }

    /** A cluster, of which one broker tells where the others are. */
    static BackendExamination kafka(String servers, Duration timeout) {
        List<URI> brokers = Arrays.stream(servers.split(",", -1))
                .map(server -> URI.create("kafka://" + server.strip()))
                .toList();
        return new BackendExamination(brokers, "KAFKA_BOOTSTRAP_SERVERS", timeout);
    }

    /** No backend at all. */
    static Finding embedded() {
        return Finding.ok(SUBJECT, "API_ENDPOINT is not set: the embedded receiver takes activities");
    }

    /** A connection, and no request: a backend may take any request for an activity. */
    Finding finding() {
        List<String> complaints = new ArrayList<>();
        for (URI address : addresses) {
            try (Socket socket = new Socket()) {
                socket.connect(
                        new InetSocketAddress(address.getHost(), port(address)), Math.toIntExact(timeout.toMillis()));
                return Finding.ok(SUBJECT, address + " accepts connections");
            } catch (IOException e) {
                complaints.add("%s does not answer (%s)".formatted(address, e.getMessage()));
            }
        }
        return Finding.degraded(
                SUBJECT,
                String.join(", ", complaints),
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
