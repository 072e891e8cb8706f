package io.procmon.api.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.api.Backend;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Report;
import io.procmon.report.Dialect;
import io.procmon.report.Dialects;
import io.procmon.spool.DeliveryOutcome;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * A topic of a Kafka cluster. Each activity is one record, with the student as its key.
 *
 * <p>procmon sends a student's next record only after the cluster has accepted the previous one, so that failures
 * cannot change the order. The producer still combines records of several students into one request, so this backend
 * does not build batches.
 */
@Named(KafkaBackend.NAME)
@ApplicationScoped
public class KafkaBackend implements Backend {

    /** The name of the bean, which a build may leave out. */
    public static final String NAME = "kafka";

    private static final String SERVERS = "kafka.bootstrap.servers";
    private static final DeliveryOutcome TAKEN = new DeliveryOutcome.Delivered(0);

    private final ProcmonConfig config;
    private final Dialects dialects;
    private final KafkaTopic topic;
    private final Optional<String> servers;

    private Dialect dialect;

    @Inject
    KafkaBackend(
            ProcmonConfig config,
            Dialects dialects,
            KafkaTopic topic,
            @ConfigProperty(name = SERVERS) Optional<String> servers) {
        this.config = config;
        this.dialects = dialects;
        this.topic = topic;
        this.servers = servers;
    }

    @PostConstruct
    void configure() {
        dialect = dialects.spoken();
        if (servers.isEmpty()) {
            throw new InvalidConfiguration(
                    SERVERS, "", "must be the brokers' addresses; set KAFKA_BOOTSTRAP_SERVERS to host:port,host:port");
        }
        int batchSize = config.api().batchSize();
        if (batchSize > 1) {
            throw new InvalidConfiguration(
                    "procmon.api.batch-size",
                    batchSize,
                    "must be 1: Kafka's producer combines records into batches itself");
        }
    }

    @Override
    public String address() {
        return "topic %s of Kafka at %s".formatted(config.kafka().topic(), servers.orElseThrow());
    }

    /** Sends one record. The producer enforces the timeout: a record that it still holds must not be sent twice. */
    @Override
    public Uni<DeliveryOutcome> send(List<Report> reports) {
        Report report = reports.getFirst();
        return Uni.createFrom()
                .deferred(() -> topic.send(report.student().id(), dialect.body(report), headers(report)))
                .replaceWith(TAKEN)
                .onFailure()
                .recoverWithItem(KafkaAnswers::of);
    }

    /** The fields that HTTP sends in its path and headers. */
    private Headers headers(Report report) {
        return new RecordHeaders()
                .add("content-type", dialect.mediaType().getBytes(UTF_8))
                .add("event_id", report.eventId().toString().getBytes(UTF_8))
                .add("class_div", report.student().classDiv().getBytes(UTF_8))
                .add("homework_dir", report.homework().getBytes(UTF_8))
                .add("student_id", report.student().id().getBytes(UTF_8))
                .add("kind", report.kind().getBytes(UTF_8));
    }
}
