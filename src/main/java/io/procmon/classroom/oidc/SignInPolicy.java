package io.procmon.classroom.oidc;

import io.procmon.classroom.access.Viewer;
import io.procmon.config.ProcmonConfig;
import io.procmon.web.AccessCheck;
import io.procmon.web.NodeCheck;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.runtime.security.HttpSecurityPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.regex.Pattern;

/**
 * Requires sign-in for all requests except reports of nodes and mirror links. Students' data also need a role, and
 * resources that operate the service need the role of an admin. The resources themselves decide about courses.
 */
@ApplicationScoped
public class SignInPolicy implements HttpSecurityPolicy {

    private static final Pattern OPERATION = Pattern.compile("/api/(activities|dead-letters|log-levels)(/.*)?");
    private static final String DATA = "/api/";

    private final boolean enabled;
    private final SignedIn signedIn;

    @Inject
    SignInPolicy(ProcmonConfig config, SignedIn signedIn) {
        enabled = config.signIn().issuer().isPresent();
        this.signedIn = signedIn;
    }

    @Override
    public Uni<CheckResult> checkPermission(
            RoutingContext request, Uni<SecurityIdentity> identity, AuthorizationRequestContext context) {
        return !enabled || NodeCheck.isReport(request) || AccessCheck.isMirror(request.normalizedPath())
                ? CheckResult.permit()
                : identity.map(
                        someone -> mayAsk(someone, request.normalizedPath()) ? CheckResult.PERMIT : CheckResult.DENY);
    }

    private boolean mayAsk(SecurityIdentity someone, String path) {
        if (someone.isAnonymous()) {
            return false;
        }
        Viewer viewer = signedIn.of(someone);
        if (OPERATION.matcher(path).matches()) {
            return viewer.operates();
        }
        return !path.startsWith(DATA) || viewer.role() != Viewer.Role.NONE;
    }
}
