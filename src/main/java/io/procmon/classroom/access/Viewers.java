package io.procmon.classroom.access;

import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;

/** Identifies the sender of a request, if sign-in is required. */
@Startup // an invalid configuration aborts start-up
@ApplicationScoped
public class Viewers {

    /** The name of the source that a build may leave out. */
    public static final String OIDC = "oidc";

    private final Optional<ViewerSource> source;

    /** @throws InvalidConfiguration if sign-in is configured, and this build has none */
    @Inject
    Viewers(ProcmonConfig config, @Named(OIDC) Instance<ViewerSource> oidc) {
        if (config.signIn().issuer().isPresent() && oidc.isUnsatisfied()) {
            throw new InvalidConfiguration(
                    "procmon.sign-in.issuer",
                    config.signIn().issuer().get(),
                    "needs OpenID Connect, which this build leaves out: use the JVM build");
        }
        source = config.signIn().issuer().map(_ -> oidc.get());
    }

    /** The sender of the current request. */
    public Viewer current() {
        return source.map(ViewerSource::current).orElse(Viewer.ANYONE);
    }
}
