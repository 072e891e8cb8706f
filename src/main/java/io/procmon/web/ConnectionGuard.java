package io.procmon.web;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection whose request is incomplete after a time limit. The server's idle timeout starts again with each
 * byte, so a client that sends one byte at a time never reaches it. One handler guards one connection, on its event
 * loop.
 */
final class ConnectionGuard extends ChannelDuplexHandler implements OpenConnections.Connection {

    /** The time limit for a whole header, from its first byte or from the start of the connection. */
    static final Duration HEADER_TIME = Duration.ofSeconds(5);

    /** The time limit for the body of a request, if the server does not answer earlier. */
    static final Duration BODY_TIME = Duration.ofSeconds(60);

    private static final byte[] UPGRADED = "HTTP/1.1 101".getBytes(US_ASCII);
    private static final byte[] HTTP_2 = "PRI * HTTP/2".getBytes(US_ASCII);

    private enum Phase {
        HEADER,
        BODY,
        /** The server answers, or waits for the next request. */
        ANSWERED,
        /** The connection speaks HTTP/2, which has no such header; it is no longer guarded. */
        UPGRADED
    }

    private final OpenConnections connections;
    private volatile Phase phase = Phase.HEADER;
    private ChannelHandlerContext context;
    private InetAddress address;
    private int request;
    private boolean began;
    private boolean lineIsEmpty;
    private boolean bodyIsTimed;

    ConnectionGuard(OpenConnections connections) {
        this.connections = connections;
    }

    @Override
    public boolean isWaitingForHeader() {
        return phase == Phase.HEADER;
    }

    @Override
    public void close() {
        var _ = context.close();
    }

    @Override
    public void channelActive(ChannelHandlerContext channel) throws Exception {
        context = channel;
        address = channel.channel().remoteAddress() instanceof InetSocketAddress remote
                ? remote.getAddress()
                : InetAddress.getLoopbackAddress();
        if (!connections.admit(address, this)) {
            var _ = channel.close();
            return;
        }
        closeAfter(HEADER_TIME, Phase.HEADER);
        super.channelActive(channel);
    }

    @Override
    public void channelInactive(ChannelHandlerContext channel) throws Exception {
        if (address != null) {
            connections.remove(address, this);
        }
        super.channelInactive(channel);
    }

    @Override
    public void channelRead(ChannelHandlerContext channel, Object message) throws Exception {
        if (message instanceof ByteBuf bytes && phase != Phase.UPGRADED) {
            read(bytes);
        }
        if (channel.channel().isOpen()) {
            super.channelRead(channel, message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    private void read(ByteBuf bytes) {
        if (phase == Phase.BODY) {
            if (!bodyIsTimed) {
                bodyIsTimed = true;
                closeAfter(BODY_TIME, Phase.BODY);
            }
            return;
        }
        boolean isNew = phase == Phase.ANSWERED;
        if (isNew) {
            phase = Phase.HEADER;
            request++;
            began = false;
        }
        if (startsWith(bytes, HTTP_2)) {
            phase = Phase.UPGRADED;
        } else if (endsHeader(bytes)) {
            phase = Phase.BODY;
            bodyIsTimed = false;
        } else if (isNew) {
            closeAfter(HEADER_TIME, Phase.HEADER);
        }
    }

    /** Whether the bytes contain the empty line that ends the header. */
    private boolean endsHeader(ByteBuf bytes) {
        for (int i = bytes.readerIndex(); i < bytes.writerIndex(); i++) {
            byte next = bytes.getByte(i);
            if (next == '\n') {
                if (began && lineIsEmpty) {
                    return true;
                }
                lineIsEmpty = true;
            } else if (next != '\r') {
                began = true;
                lineIsEmpty = false;
            }
        }
        return false;
    }

    @Override
    public void write(ChannelHandlerContext channel, Object message, ChannelPromise promise) throws Exception {
        if (phase != Phase.UPGRADED) {
            phase = message instanceof ByteBuf bytes && startsWith(bytes, UPGRADED) ? Phase.UPGRADED : Phase.ANSWERED;
        }
        super.write(channel, message, promise);
    }

    /** Closes the connection if the same request is still in this phase after a time. */
    private void closeAfter(Duration time, Phase late) {
        int awaited = request;
        var _ = context.executor()
                .schedule(
                        () -> {
                            if (request == awaited && phase == late) {
                                var _ = context.close();
                            }
                        },
                        time.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private static boolean startsWith(ByteBuf bytes, byte[] start) {
        return bytes.readableBytes() >= start.length
                && Arrays.equals(ByteBufUtil.getBytes(bytes, bytes.readerIndex(), start.length), start);
    }
}
