package io.procmon.web;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/**
 * The open connections of one port, with a limit for all and a limit for each address. Above a limit, the address with
 * the most connections loses a connection whose request is incomplete. Thread-safe.
 */
final class OpenConnections {

    /** One connection uses 14 KB of memory. */
    static final int MAX = 256;

    /** The embedded receiver's clients use up to 32 connections, and the page's subscribers 32 more. */
    static final int MAX_OF_ADDRESS = 128;

    /** An open connection. */
    interface Connection {
        /** Whether the connection waits for a request or for the rest of its header. */
        boolean isWaitingForHeader();

        void close();
    }

    private final int max;
    private final int maxOfAddress;
    private final Map<InetAddress, Deque<Connection>> oldestFirst = new HashMap<>();
    private int count;

    OpenConnections() {
        this(MAX, MAX_OF_ADDRESS);
    }

    /**
     * @param max limit for all connections
     * @param maxOfAddress limit for the connections of one address
     */
    OpenConnections(int max, int maxOfAddress) {
        this.max = max;
        this.maxOfAddress = maxOfAddress;
    }

    /**
     * Adds a connection, and closes another one above the limit.
     *
     * @return whether the connection may stay
     */
    synchronized boolean admit(InetAddress address, Connection connection) {
        boolean hasRoom =
                oldestFirst.getOrDefault(address, new ArrayDeque<>()).size() < maxOfAddress || closeOneOf(address);
        if (!hasRoom || (count >= max && !closeOneOf(busiest()))) {
            return false;
        }
        oldestFirst.computeIfAbsent(address, _ -> new ArrayDeque<>()).addLast(connection);
        count++;
        return true;
    }

    /** Removes a closed connection. */
    synchronized void remove(InetAddress address, Connection connection) {
        Deque<Connection> ofAddress = oldestFirst.get(address);
        if (ofAddress != null && ofAddress.remove(connection)) {
            removed(address, ofAddress);
        }
    }

    synchronized int count() {
        return count;
    }

    private InetAddress busiest() {
        return oldestFirst.entrySet().stream()
                .max(Comparator.comparingInt(entry -> entry.getValue().size()))
                .orElseThrow()
                .getKey();
    }

    private boolean closeOneOf(InetAddress address) {
        Deque<Connection> ofAddress = oldestFirst.get(address);
        Optional<Connection> waiting = Optional.empty();
        Iterator<Connection> each = ofAddress.iterator();
        while (waiting.isEmpty() && each.hasNext()) {
            waiting = Optional.of(each.next()).filter(Connection::isWaitingForHeader);
        }
        if (waiting.isEmpty()) {
            return false;
        }
        each.remove();
        removed(address, ofAddress);
        waiting.get().close();
        return true;
    }

    private void removed(InetAddress address, Deque<Connection> left) {
        count--;
        if (left.isEmpty()) {
            oldestFirst.remove(address);
        }
    }
}
