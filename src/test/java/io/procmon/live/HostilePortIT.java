package io.procmon.live;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Incomplete requests hold few connections for a short time, and do not block other clients. They send a byte from time
 * to time, so no idle timeout closes them.
 */
@Live
class HostilePortIT {

    private static final int CONNECTIONS = 600;

    /** The limit of one address on one port. */
    private static final int LIMIT = 128;

    /** The number of looks between two bytes. With one byte every 160 ms, the header stays below its size limit. */
    private static final int LOOKS_PER_BYTE = 16;

    private static final byte[] HALF = "GET /q/metrics HTTP/1.1\r\nHost: localhost\r\nX-Half: ".getBytes(US_ASCII);

    private int looks;

    @Test
    void halfRequestsToTheManagementPort(Lab lab) {
        Service procmon = lab.procmon(lab.ownPrefix(), lab.receiver(), Map.of());

        List<SocketChannel> half = connect(lab, procmon.metricsPort());

        assertThat(procmon.metrics().received()).isNotNegative();
        assertThat(procmon.management("/q/health/live").statusCode()).isEqualTo(200);
        Await.until("the oldest are closed", () -> closed(half) >= CONNECTIONS - LIMIT);
        Await.until("all are closed, since no header is complete", () -> closed(half) == CONNECTIONS);
    }

    @Test
    void halfRequestsToThePage(Lab lab) {
        Service procmon = lab.procmon(lab.ownPrefix(), lab.receiver(), Map.of());

        List<SocketChannel> half = connect(lab, procmon.address().getPort());

        assertThat(procmon.get("/api/status").statusCode()).isEqualTo(200);
        Await.until("all are closed, since no header is complete", () -> closed(half) == CONNECTIONS);
        assertThat(procmon.get("/api/status").statusCode()).isEqualTo(200);
    }

    private static List<SocketChannel> connect(Lab lab, int port) {
        List<SocketChannel> connections = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS; i++) {
                SocketChannel connection =
                        lab.keep(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
                connection.configureBlocking(false);
                write(connection, HALF);
                connections.add(connection);
            }
            return connections;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A closed connection accepts no bytes. */
    private static void write(SocketChannel connection, byte[] bytes) {
        try {
            connection.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(Broken pipe|Connection reset.*)");
        }
    }

    private long closed(List<SocketChannel> connections) {
        if (looks++ % LOOKS_PER_BYTE == 0) {
            connections.forEach(connection -> write(connection, new byte[] {'x'}));
        }
        return connections.stream().filter(HostilePortIT::isClosed).count();
    }

    private static boolean isClosed(SocketChannel connection) {
        try {
            return connection.read(ByteBuffer.allocate(1)) < 0;
        } catch (IOException e) {
            return true; // reset
        }
    }
}
