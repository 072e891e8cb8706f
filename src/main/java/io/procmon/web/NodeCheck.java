package io.procmon.web;

import io.procmon.config.ProcmonConfig;
import io.procmon.config.Role;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Decides who may report activities to the class service: nodes with their tokens. A node's token permits nothing else,
 * and no other credential permits reports. Without a file of tokens, only this machine can report.
 */
@Singleton
public class NodeCheck {

    /** The key of the node's name in the data of a request. */
    static final String NODE = "procmon.node";

    /** The key that marks a request which reports activities. */
    private static final String REPORT = "procmon.report";

    private static final Pattern REPORTING = Pattern.compile("/api/events|/api/[^/]+/[^/]+/[^/]+/logs/(build|run)");

    private final Optional<NodeTokens> tokens;
    private final boolean classService;

    /** @throws io.procmon.config.InvalidConfiguration if the file of tokens is invalid */
    @Inject
    NodeCheck(ProcmonConfig config, Role role) {
        classService = role.isClassService();
        tokens = classService ? config.nodes().tokenFile().map(NodeTokens::read) : Optional.empty();
    }

    /** Whether the access check has found that a request reports activities of a node. */
    public static boolean isReport(RoutingContext request) {
        return Boolean.TRUE.equals(request.get(REPORT));
    }

    static void markReport(RoutingContext request) {
        request.put(REPORT, true);
    }

    /** Whether reports need a node's token. */
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

    /** The node of a request; empty without a node's token. */
    Optional<String> node(String authorization) {
        return tokens.flatMap(known -> known.nodeOf(authorization));
    }
}
