package io.procmon.api;

import io.procmon.config.ProcmonConfig;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;

/** The backends that there are, and the one that is configured. The others are never made. */
@Startup // what is wrong with its configuration is said before anything else happens
@ApplicationScoped
public class Backends {

    @Inject
    ProcmonConfig config;

    @Inject
    Instance<HttpBackend> http;

    @Inject
    Instance<KafkaBackend> kafka;

    private Backend chosen;

    @PostConstruct
    void choose() {
        chosen = config.kafka().enabled() ? kafka.get() : http.get();
        chosen.address(); // a client proxy makes its bean when it is first asked
    }

    /** The address that activities go to, for people. */
    public String address() {
        return chosen.address();
    }

    Backend chosen() {
        return chosen;
    }
}
