package io.procmon.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows down clients that guess tokens. After {@value #FREE} wrong tokens a client is blocked for a second, then for
 * two, and so on up to a minute. Requests of a blocked client are not compared with the token. Thread-safe.
 */
final class WrongTokens {

    /** The number of wrong tokens without a block: a person may mistype it. */
    static final int FREE = 5;

    private static final int CLIENTS_MAX = 1024;
    private static final int DOUBLINGS = 6;
    private static final long FIRST_BLOCK = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST_BLOCK = Duration.ofMinutes(1).toNanos();
    private static final long FORGIVEN_AFTER = Duration.ofMinutes(10).toNanos();

    private record Client(int failures, long last, long blockedUntil) {}

    private final Map<String, Client> clients = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Client> eldest) {
            return size() > CLIENTS_MAX;
        }
    };
    private boolean said;
    private long saidAt;

    /**
     * Whether the client is blocked.
     *
     * @param now in nanoseconds, as System.nanoTime() returns it
     */
    synchronized boolean isBlocked(String address, long now) {
        Client client = clients.get(address);
        return client != null && client.blockedUntil() - now > 0;
    }

    /**
     * Counts a wrong token.
     *
     * @return whether to log it: at most once in ten minutes for all clients
     */
    synchronized boolean add(String address, long now) {
        Client before = clients.get(address);
        boolean known = before != null && now - before.last() < FORGIVEN_AFTER;
        int failures = known ? before.failures() + 1 : 1;
        long block = failures < FREE ? 0 : Math.min(LONGEST_BLOCK, FIRST_BLOCK << Math.min(failures - FREE, DOUBLINGS));
        clients.put(address, new Client(failures, now, now + block));
        if (failures < FREE || (said && now - saidAt < FORGIVEN_AFTER)) {
            return false;
        }
        said = true;
        saidAt = now;
        return true;
    }

    /** Forgets the wrong tokens of a client that has sent the right one. */
    synchronized void forgive(String address) {
        clients.remove(address);
    }
}
