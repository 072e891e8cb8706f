package io.procmon.classroom.oidc;

import io.procmon.config.ConfiguredFile;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.web.NodeCheck;
import io.quarkus.oidc.OidcRequestContext;
import io.quarkus.oidc.OidcTenantConfig;
import io.quarkus.oidc.TenantConfigResolver;
import io.quarkus.oidc.runtime.OidcTenantConfig.ApplicationType;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The provider with which people sign in: browsers by the authorization code flow, scripts by a bearer token that was
 * issued for this client.
 */
@Startup // an invalid file aborts start-up
@ApplicationScoped
public class Provider implements TenantConfigResolver {

    private static final String SECRET = "procmon.sign-in.secret-file";

    private final Optional<OidcTenantConfig> tenant;

    @Inject
    Provider(ProcmonConfig config) {
        tenant = config.signIn().issuer().map(issuer -> tenant(issuer, config.signIn()));
    }

    private static OidcTenantConfig tenant(URI issuer, ProcmonConfig.SignIn config) {
        return OidcTenantConfig.authServerUrl(issuer.toString())
                .tenantId("procmon")
                .clientId(config.clientId())
                .credentials(secret(config))
                .applicationType(ApplicationType.HYBRID)
                .roles()
                .roleClaimPath(List.of(config.rolesClaim()))
                .end()
                .token()
                .audience(List.of(config.clientId()))
                .end()
                .authentication()
                .redirectPath("/")
                .end()
                .build();
    }

    private static String secret(ProcmonConfig.SignIn config) {
        Path file = config.secretFile()
                .orElseThrow(() -> new InvalidConfiguration(
                        SECRET, "", "must be a file with the secret that the provider has given to this client"));
        return ConfiguredFile.read(SECRET, file, Files::readString).strip();
    }

    /** Empty for a report of a node, because the provider did not issue its token. */
    @Override
    public Uni<OidcTenantConfig> resolve(RoutingContext request, OidcRequestContext<OidcTenantConfig> context) {
        return tenant.isEmpty() || NodeCheck.isReport(request)
                ? Uni.createFrom().nullItem()
                : Uni.createFrom().item(tenant.get());
    }
}
