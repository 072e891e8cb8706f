package io.procmon.cli;

import io.procmon.classroom.intake.EventSource;
import io.procmon.classroom.intake.Intake;
import io.procmon.classroom.kafka.KafkaInput;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.logbook.StoreUnavailable;
import io.procmon.classroom.overview.Overview;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.metrics.Accounting;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.config.ConfigProvider;

/**
 * Runs the class service: it receives reports of nodes and shows them. It watches no processes and needs no privileges.
 */
@ApplicationScoped
public class ClassService implements QuarkusApplication {

    private final ProcmonConfig config;
    private final Intake intake;
    private final ClassRegister register;
    private final Overview overview;
    private final Accounting accounting;
    private final Optional<EventSource> topic;

    /**
     * @param kafka none in a build without Kafka's client
     * @throws InvalidConfiguration if Kafka is configured, and this build cannot read it
     */
    @Inject
    ClassService(
            ProcmonConfig config,
            Intake intake,
            ClassRegister register,
            Overview overview,
            Accounting accounting,
            @Named(KafkaInput.NAME) Instance<EventSource> kafka) {
        this.config = config;
        this.intake = intake;
        this.register = register;
        this.overview = overview;
        this.accounting = accounting;
        topic = config.kafka().enabled() ? Optional.of(source(kafka)) : Optional.empty();
        topic.ifPresent(EventSource::address); // the first call makes the client proxy create its bean
    }

    private static EventSource source(Instance<EventSource> kafka) {
        if (kafka.isUnsatisfied()) {
            throw new InvalidConfiguration(
                    "procmon.kafka.enabled",
                    true,
                    "needs Kafka's client, which this build leaves out: use the JVM build, or ./dev native --with kafka");
        }
        return kafka.get();
    }

    @Override
    public int run(String... args) {
        intake.open(accounting.intake(), this::prepare);
        accounting.watch(register);
        Log.infof(
                "the class service accepts activities of %s, at port %d; its store has %d builds and runs",
                config.nodes().tokenFile().isPresent() ? "nodes with a token" : "this machine only",
                ConfigProvider.getConfig().getValue("quarkus.http.port", Integer.class),
                register.size());
        topic.ifPresent(source -> {
            source.open(intake::receiveValid);
            Log.infof("the class service reads the %s", source.address());
        });
        Quarkus.waitForExit();
        return 0;
    }

    /** Computes the rows of the first pages. The class service is not ready before, so that no teacher waits for them. */
    private void prepare() {
        try {
            overview.prepare(Overview.TOGETHER_MAX, Instant.now());
        } catch (StoreUnavailable e) {
            Log.warnf("the first page will take longer, because its rows could not be read: %s", e.getMessage());
        }
    }

    /** Closes the intake while Quarkus' servers still answer. A node whose report is rejected now retries it later. */
    void stop(@Observes(notifyObserver = Reception.IF_EXISTS) ShutdownEvent stopping) {
        topic.ifPresent(EventSource::close);
        if (intake.isTaking()) {
            intake.close();
        }
    }
}
