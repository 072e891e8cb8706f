package io.procmon.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionGuardTest {

    private static final String REQUEST = "GET /q/metrics HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
    private static final Duration STEP = Duration.ofSeconds(4);

    private final OpenConnections connections = new OpenConnections();
    private final EmbeddedChannel channel = connect();

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    void silentConnection_isClosed() {
        pass(ConnectionGuard.HEADER_TIME);

        assertThat(channel.isOpen()).isFalse();
        assertThat(connections.count()).isZero();
    }

    @Test
    void headerThatComesByteByByte_isClosed() {
        send("GET / HTTP/1.1\r\n");
        pass(STEP);
        send("a: b\r\n");
        pass(STEP);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void headerInPieces_isComplete_withItsEmptyLine() {
        send("\r\nGET / HTTP/1.1\r\nHost: a\r\n");
        send("\r");
        send("\n");
        pass(STEP);
        pass(STEP);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void linesThatEndWithoutACarriageReturn_areAHeaderToo() {
        send("GET / HTTP/1.1\nHost: a\n\n");
        pass(STEP);
        pass(STEP);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void answeredConnection_mayWaitForItsNextRequest_whoseHeaderHasTheSameTime() {
        send(REQUEST);
        answer(ANSWER);
        pass(Duration.ofMinutes(1));
        send("GET / HT");
        pass(STEP);
        assertThat(channel.isOpen()).isTrue();

        pass(STEP);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void listener_stays_howeverLongItSendsNothing() {
        send(REQUEST);
        pass(ConnectionGuard.BODY_TIME);
        answer("HTTP/1.1 200 OK\r\n\r\n");
        pass(ConnectionGuard.BODY_TIME);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void bodyThatComesByteByByte_isClosed() {
        send("POST / HTTP/1.1\r\ncontent-length: 1000\r\n\r\n");
        for (int i = 0; i < 10; i++) {
            send("x");
            pass(Duration.ofSeconds(7));
        }

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void framesOfHttp2_haveNoHeader() {
        send(REQUEST);
        answer("HTTP/1.1 101 Switching Protocols\r\n\r\n");
        send("\0\0\0\4");
        pass(ConnectionGuard.BODY_TIME);

        assertThat(channel.isOpen()).isTrue();
    }

    private EmbeddedChannel connect() {
        EmbeddedChannel connection = new EmbeddedChannel(new ConnectionGuard(connections));
        connection.freezeTime();
        return connection;
    }

    private void pass(Duration time) {
        channel.advanceTimeBy(time.toMillis(), TimeUnit.MILLISECONDS);
        channel.runPendingTasks();
    }

    private void send(String text) {
        if (channel.isOpen()) {
            channel.writeInbound(bytes(text));
        }
    }

    private void answer(String text) {
        channel.writeOutbound(bytes(text));
    }

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, US_ASCII);
    }
}
