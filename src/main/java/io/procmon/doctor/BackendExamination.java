package io.procmon.doctor;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Whether somebody listens where activities are sent. */
final class BackendExamination {

    private static final String SUBJECT = "backend";

    private final Optional<URI> endpoint;
    private final Duration timeout;

    BackendExamination(Optional<URI> endpoint, Duration timeout) {
        this.endpoint = endpoint;
        this.timeout = timeout;
    }

    Finding finding() {
        return endpoint.map(this::connect)
                .orElse(Finding.ok(SUBJECT, "API_ENDPOINT is not set: the embedded receiver takes activities"));
    }

    /** A connection, and no request: a backend may take any request for an activity. */
    private Finding connect(URI address) {
        int port =
                address.getPort() >= 0 ? address.getPort() : address.getScheme().equals("https") ? 443 : 80;
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), port), Math.toIntExact(timeout.toMillis()));
            return Finding.ok(SUBJECT, address + " accepts connections");
        } catch (IOException e) {
            return Finding.degraded(
                    SUBJECT,
                    "%s does not answer (%s)".formatted(address, e.getMessage()),
                    "check API_ENDPOINT, the name service and the firewall; until then activities cannot be delivered");
        }
    }
}
