package io.procmon.report;

import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The available dialects, and the configured one. */
@ApplicationScoped
public class Dialects {

    private final ProcmonConfig config;
    private final List<Dialect> known;

    @Inject
    Dialects(ProcmonConfig config, @All List<Dialect> known) {
        this.config = config;
        this.known = known;
    }

    /**
     * The configured dialect.
     *
     * @throws InvalidConfiguration if no dialect has this name, or if the configuration enables patterns and the
     *     dialect has none
     */
    public Dialect spoken() {
        String wanted = config.api().dialect();
        Dialect spoken = known.stream()
                .filter(dialect -> dialect.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new InvalidConfiguration(
                        "procmon.api.dialect",
                        wanted,
                        "there are "
                                + known.stream().map(Dialect::name).sorted().toList()));
        if (config.workflow().report() && !spoken.knowsPatterns()) {
            throw new InvalidConfiguration(
                    "procmon.workflow.report",
                    "true",
                    "the dialect '%s' cannot express patterns: set procmon.api.dialect to another one"
                            .formatted(wanted));
        }
        return spoken;
    }
}
