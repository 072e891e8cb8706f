package io.procmon.api;

import io.procmon.api.http.HttpBackend;
import io.procmon.api.kafka.KafkaBackend;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.config.Role;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** Selects the configured backend. Other backends are never created. */
@Startup // an invalid configuration aborts start-up
@ApplicationScoped
public class Backends {

    private final ProcmonConfig config;
    private final Role role;
    private final Instance<HttpBackend> http;

    /** Empty in a build without Kafka's client. */
    private final Instance<Backend> kafka;

    private Backend chosen;

    @Inject
    Backends(
            ProcmonConfig config,
            Role role,
            Instance<HttpBackend> http,
            @Named(KafkaBackend.NAME) Instance<Backend> kafka) {
        this.config = config;
        this.role = role;
        this.http = http;
        this.kafka = kafka;
    }

    @PostConstruct
    void choose() {
        if (role.isClassService()) {
            return; // the class service sends no activities
        }
        chosen = config.kafka().enabled() ? kafka() : http.get();
        chosen.address(); // the first call makes the client proxy create its bean
    }

    private Backend kafka() {
        if (kafka.isUnsatisfied()) {
            throw new InvalidConfiguration(
                    "procmon.kafka.enabled",
                    true,
                    "needs Kafka's client, which this build leaves out: use the JVM build, or ./dev native --with kafka");
        }
        return kafka.get();
    }

    /** The backend's address for logs and the status page, without secrets. */
    public String address() {
        return chosen.address();
    }

    Backend chosen() {
        return chosen;
    }
}
