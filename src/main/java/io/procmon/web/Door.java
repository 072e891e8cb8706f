package io.procmon.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.config.ConfiguredFile;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/**
 * What names students is for this machine alone, or for who has the token. Whoever comes from elsewhere finds nothing if there
 * is no token. Metrics and health name nobody, and are served elsewhere.
 */
@ApplicationScoped
public class Door {

    private static final int BEFORE_ALL_ELSE = 1000;
    private static final int UNAUTHORIZED = 401;
    private static final int NOT_FOUND = 404;
    private static final String KEY = "procmon.web.token-file";
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final Optional<byte[]> token;

    /** @throws InvalidConfiguration if the token cannot be read, or is none */
    @Inject
    public Door(ProcmonConfig config) {
        token = config.web().tokenFile().map(Door::read);
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_ALL_ELSE);
    }

    private void admit(RoutingContext visit) {
        switch (decide(visit.request().localAddress(), visit.request().getHeader(HttpHeaders.AUTHORIZATION))) {
            case OPEN -> visit.next();
            case ASK ->
                visit.response()
                        .setStatusCode(UNAUTHORIZED)
                        .putHeader("WWW-Authenticate", "Basic realm=\"procmon\", charset=\"UTF-8\"")
                        .end();
            case CLOSED -> visit.response().setStatusCode(NOT_FOUND).end();
        }
    }

    /** What becomes of a visit. */
    enum Decision {
        OPEN,
        ASK,
        CLOSED
    }

    /**
     * Decides about a visit.
     *
     * @param at the address of ours that was called
     * @param authorization the header; null if there is none
     */
    Decision decide(SocketAddress at, String authorization) {
        if (isLoopback(at)) {
            return Decision.OPEN;
        }
        if (token.isEmpty()) {
            return Decision.CLOSED;
        }
        return MessageDigest.isEqual(token.get(), password(authorization).getBytes(UTF_8))
                ? Decision.OPEN
                : Decision.ASK;
    }

    private static boolean isLoopback(SocketAddress at) {
        return at.hostAddress() != null
                && InetAddress.ofLiteral(at.hostAddress()).isLoopbackAddress();
    }

    /** A browser asks its user for a name and a password: the token is the password, and the name does not matter. */
    private static String password(String authorization) {
        if (authorization == null) {
            return "";
        }
        if (authorization.startsWith(BEARER)) {
            return authorization.substring(BEARER.length());
        }
        if (authorization.startsWith(BASIC)) {
            String user = decoded(authorization.substring(BASIC.length()));
            return user.substring(user.indexOf(':') + 1);
        }
        return "";
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException _) {
            return "";
        }
    }

    private static byte[] read(Path file) {
        String token = ConfiguredFile.read(KEY, file, Files::readString).strip();
        if (token.isEmpty()) {
            throw new InvalidConfiguration(KEY, file, "it is empty");
        }
        return token.getBytes(UTF_8);
    }
}
