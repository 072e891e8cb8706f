package io.procmon.web;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Guards each connection of both servers. Quarkus does not limit the connections of the management port, and neither
 * server limits the time for a header. Netty passes each new connection to its extensions, which the service loader
 * finds.
 */
@RegisterForReflection // the service loader of the native executable finds only a public constructor
public final class ConnectionGuards extends ChannelInitializerExtension {

    /** The limit of a port. One address can use half of it. */
    private static volatile int max = OpenConnections.MAX;

    private final Map<ChannelId, OpenConnections> ports = new ConcurrentHashMap<>();

    /** Makes Netty look for extensions. Must be called before the servers start. */
    public static void enable() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    /**
     * Sets the limit of each port for a process with many clients. Must be called before the servers start.
     *
     * @param connections number of connections; one address can use half of them
     */
    public static void allow(int connections) {
        max = connections;
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        OpenConnections ofPort =
                ports.computeIfAbsent(connection.parent().id(), _ -> new OpenConnections(max, max / 2));
        connection.pipeline().addFirst(new ConnectionGuard(ofPort));
    }
}
