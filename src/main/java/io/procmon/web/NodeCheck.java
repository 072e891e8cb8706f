package io.procmon.web;

import io.procmon.config.ProcmonConfig;
import io.procmon.config.Role;
import io.vertx.core.http.HttpMethod;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may report activities to the class service: a node with its token. Such a token opens nothing else, and no other
 * credential lets anybody report. Without a file of tokens, only this machine can report.
 */
@Singleton
public class NodeCheck {

    /** The key of the request's data under which the node's name stands. */
    static final String NODE = "procmon.node";

    private static final Pattern REPORTING = Pattern.compile("/api/events|/api/[^/]+/[^/]+/[^/]+/logs/(build|run)");

    private final Optional<NodeTokens> tokens;
    private final boolean classService;

    /** @throws io.procmon.config.InvalidConfiguration if the file of tokens is wrong */
    @Inject
    NodeCheck(ProcmonConfig config, Role role) {
        classService = role.isClassService();
        tokens = classService ? config.nodes().tokenFile().map(NodeTokens::read) : Optional.empty();
    }

    /** Whether whoever reports needs a token of a node. */
    boolean needToken() {
        return tokens.isPresent();
    }

    /** Whether a request reports activities to the class service. */
    boolean isReport(HttpMethod method, String path) {
        return classService
                && HttpMethod.POST.equals(method)
                && path != null
                && REPORTING.matcher(path).matches();
    }

    /** The node that sends a request; empty if it has no token of a node. */
    Optional<String> node(String authorization) {
        return tokens.flatMap(known -> known.nodeOf(authorization));
    }
}
