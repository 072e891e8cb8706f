package io.procmon.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.config.ConfiguredFile;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
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
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Decides who may use resources that name students: clients on this machine, and clients with the token. Without a
 * token, all other clients get 404. Metrics and health name no student, and another port serves them.
 *
 * <p>If sign-in is on, it is required from all addresses, and the service's own token is not accepted.
 *
 * <p>A browser on this machine connects from here for any web page. A local request must therefore use a host name that
 * belongs to this service alone; a foreign name that resolves to this address is refused (DNS rebinding). A request
 * that changes something must come from procmon's own page.
 */
@ApplicationScoped
public class AccessCheck {

    private static final int BEFORE_ALL_ELSE = 1000;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final String KEY = "procmon.web.token-file";
    private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Pattern PORT = Pattern.compile(":[0-9]*$");
    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";

    private final NodeCheck nodes;
    private final boolean signIn;
    private final Optional<byte[]> token;
    private final WrongTokens wrongTokens = new WrongTokens();

    /** @throws InvalidConfiguration if the token's file cannot be read or is empty */
    @Inject
    public AccessCheck(ProcmonConfig config, NodeCheck nodes) {
        this.nodes = nodes;
        token = config.web().tokenFile().map(AccessCheck::read);
        signIn = config.signIn().issuer().isPresent();
    }

    void register(@Observes Filters filters) {
        filters.register(this::admit, BEFORE_ALL_ELSE);
    }

    private void admit(RoutingContext visit) {
        Visit seen = Visit.of(visit.request());
        if (nodes.isReport(visit.request().method(), visit.normalizedPath())) {
            NodeCheck.markReport(visit);
            admitNode(visit, seen);
            return;
        }
        if (isMirror(visit.normalizedPath())) {
            answer(visit, seen.isForged() ? Decision.FOREIGN : Decision.OPEN); // the link itself is the permission
            return;
        }
        String client = visit.request().remoteAddress() == null
                ? ""
                : String.valueOf(visit.request().remoteAddress().hostAddress());
        boolean sendsAToken = !signIn && token.isPresent() && seen.authorization() != null && !seen.isFromHere();
        if (sendsAToken && wrongTokens.isBlocked(client, System.nanoTime())) {
            visit.response().setStatusCode(TOO_MANY_REQUESTS).end();
            return;
        }
        Decision decision = decide(seen);
        if (sendsAToken) {
            count(decision, client);
        }
        answer(visit, decision);
    }

    /** Whether a path belongs to a mirror link. Its resource checks the signature. */
    public static boolean isMirror(String path) {
        return path.startsWith("/mirror/");
    }

    /** Whether a request comes from this machine. */
    public static boolean isFromHere(RoutingContext visit) {
        return Visit.of(visit.request()).isFromHere();
    }

    private void admitNode(RoutingContext visit, Visit seen) {
        if (!nodes.needToken()) {
            if (seen.isFromHere()) {
                answer(visit, decide(seen));
            } else {
                visit.response()
                        .setStatusCode(FORBIDDEN)
                        .end("other machines can report only with tokens: set PROCMON_NODES_TOKEN_FILE");
            }
            return;
        }
        Optional<String> node = nodes.node(seen.authorization());
        if (node.isPresent()) {
            visit.put(NodeCheck.NODE, node.get());
            visit.next();
        } else {
            visit.response()
                    .setStatusCode(UNAUTHORIZED)
                    .putHeader("WWW-Authenticate", "Bearer")
                    .end("this is not a token of a node: see PROCMON_API_TOKEN_FILE on the node");
        }
    }

    private void count(Decision decision, String client) {
        if (decision == Decision.OPEN) {
            wrongTokens.forgive(client);
        } else if (decision == Decision.ASK && wrongTokens.add(client, System.nanoTime())) {
            Log.warnf(
                    "%s sends wrong tokens to the class page; procmon answers most of them with 429, and logs further"
                            + " ones after ten minutes at the earliest",
                    client);
        }
    }

    private static void answer(RoutingContext visit, Decision decision) {
        switch (decision) {
            case OPEN -> visit.next();
            case ASK ->
                visit.response()
                        .setStatusCode(UNAUTHORIZED)
                        .putHeader("WWW-Authenticate", "Basic realm=\"procmon\", charset=\"UTF-8\"")
                        .end();
            case FOREIGN -> visit.response().setStatusCode(FORBIDDEN).end();
            case CLOSED -> visit.response().setStatusCode(NOT_FOUND).end();
        }
    }

    /** The decision about a request. */
    enum Decision {
        OPEN,
        ASK,
        FOREIGN,
        CLOSED
    }

    /**
     * The properties of a request; a missing one is null.
     *
     * @param at the local address that received the request
     * @param host the header {@code Host}, with the port if it is not the default one
     * @param changes whether the request changes something
     * @param origin the page that sent the request, such as {@code http://localhost:9091}
     * @param site the header {@code Sec-Fetch-Site}: the relation of that page to this service
     * @param authorization the header {@code Authorization}
     */
    record Visit(SocketAddress at, String host, boolean changes, String origin, String site, String authorization) {

        static Visit of(HttpServerRequest request) {
            return new Visit(
                    request.localAddress(),
                    request.authority() == null ? null : request.authority().toString(),
                    !READING.contains(request.method()),
                    request.getHeader(HttpHeaders.ORIGIN),
                    request.getHeader("Sec-Fetch-Site"),
                    request.getHeader(HttpHeaders.AUTHORIZATION));
        }

        /** Whether a foreign page sent a request that changes something. */
        boolean isForged() {
            return changes
                    && ("cross-site".equals(site)
                            || (origin != null
                                    && !origin.equals("http://" + host)
                                    && !origin.equals("https://" + host)));
        }

        boolean isFromHere() {
            return at.hostAddress() != null
                    && InetAddress.ofLiteral(at.hostAddress()).isLoopbackAddress();
        }

        boolean namesThisMachine() {
            if (host == null) {
                return false;
            }
            String name = PORT.matcher(host).replaceFirst("");
            try {
                return name.equalsIgnoreCase("localhost")
                        || InetAddress.ofLiteral(name).isLoopbackAddress();
            } catch (IllegalArgumentException _) {
                return false;
            }
        }
    }

    /** Decides about a request. */
    Decision decide(Visit visit) {
        if (visit.isForged()) {
            return Decision.FOREIGN;
        }
        if (signIn) {
            return Decision.OPEN; // Quarkus decides next
        }
        if (visit.isFromHere()) {
            return visit.namesThisMachine() ? Decision.OPEN : Decision.FOREIGN;
        }
        if (token.isEmpty()) {
            return Decision.CLOSED;
        }
        return MessageDigest.isEqual(
                        token.get(), password(visit.authorization()).getBytes(UTF_8))
                ? Decision.OPEN
                : Decision.ASK;
    }

    /**
     * The password of basic authentication. A browser asks its user for a name and a password; the password is the
     * token, and the name is ignored.
     */
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
