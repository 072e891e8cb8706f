package io.procmon.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    private static final InetAddress HOSTILE = InetAddress.ofLiteral("172.17.0.2");
    private static final InetAddress HONEST = InetAddress.ofLiteral("172.17.0.3");

    private final OpenConnections connections = new OpenConnections();
    private final List<Open> opened = new ArrayList<>();

    @Test
    void halfRequestsOfOneAddress_areLimited_andTheOldestGo() {
        for (int i = 0; i < 6000; i++) {
            assertThat(open(HOSTILE, true)).isTrue();
        }

        assertThat(connections.count()).isEqualTo(OpenConnections.MAX_OF_ADDRESS);
        assertThat(opened.stream().filter(it -> !it.closed)).hasSize(OpenConnections.MAX_OF_ADDRESS);
        assertThat(opened.getFirst().closed).isTrue();
        assertThat(opened.getLast().closed).isFalse();
    }

    @Test
    void connectionsThatAreAnswered_areNotClosedForNewOnes() {
        for (int i = 0; i < OpenConnections.MAX_OF_ADDRESS; i++) {
            open(HOSTILE, false);
        }

        assertThat(open(HOSTILE, true)).isFalse();
        assertThat(open(HONEST, true)).isTrue();
    }

    @Test
    void manyAddresses_loseOneConnection_forTheScraper() {
        for (int i = 0; i < OpenConnections.MAX; i++) {
            open(InetAddress.ofLiteral("172.17.1." + i % 5), true);
        }
        assertThat(connections.count()).isEqualTo(OpenConnections.MAX);

        assertThat(open(HONEST, true)).isTrue();

        assertThat(connections.count()).isEqualTo(OpenConnections.MAX);
        assertThat(opened.stream().filter(it -> it.closed)).hasSize(1);
    }

    @Test
    void closedConnection_makesRoom() {
        for (int i = 0; i < OpenConnections.MAX_OF_ADDRESS; i++) {
            open(HOSTILE, false);
        }

        connections.remove(HOSTILE, opened.getFirst());
        connections.remove(HOSTILE, opened.getFirst());

        assertThat(connections.count()).isEqualTo(OpenConnections.MAX_OF_ADDRESS - 1);
        assertThat(open(HOSTILE, false)).isTrue();
    }

    @Test
    void classOfManyNodes_hasALimitOfItsOwn() {
        OpenConnections ofMany = new OpenConnections(4, 2);

        assertThat(ofMany.admit(HOSTILE, new Open(false))).isTrue();
        assertThat(ofMany.admit(HOSTILE, new Open(false))).isTrue();
        assertThat(ofMany.admit(HOSTILE, new Open(false))).isFalse();
        assertThat(ofMany.admit(HONEST, new Open(false))).isTrue();
        assertThat(ofMany.admit(HONEST, new Open(false))).isTrue();
        assertThat(ofMany.admit(InetAddress.ofLiteral("172.17.0.4"), new Open(false)))
                .isFalse();
        assertThat(ofMany.count()).isEqualTo(4);
    }

    private boolean open(InetAddress address, boolean waiting) {
        Open connection = new Open(waiting);
        opened.add(connection);
        return connections.admit(address, connection);
    }

    private static final class Open implements OpenConnections.Connection {
        private final boolean waiting;
        private boolean closed;

        Open(boolean waiting) {
            this.waiting = waiting;
        }

        @Override
        public boolean isWaitingForHeader() {
            return waiting;
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
