package io.procmon.api.kafka;

import io.procmon.config.ProcmonConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorOutgoingConfiguration;
import io.smallrye.reactive.messaging.kafka.SerializationFailureHandler;
import io.smallrye.reactive.messaging.kafka.impl.ConfigHelper;
import io.smallrye.reactive.messaging.kafka.impl.ReactiveKafkaProducer;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.Config;

/**
 * Sends records to the topic with the producer of SmallRye's Kafka connector. After a failure that may have made the
 * producer unusable, a new producer replaces it.
 *
 * <p>A channel with an emitter does not fit, because it keeps one producer for ever. A cluster may reject an idempotent
 * producer before the producer has an id: an expired certificate or a new password is enough. Such a producer never
 * requests an id again: later it sends nothing and keeps a processor busy (seen with Kafka 4.1).
 */
@ApplicationScoped
class KafkaTopic {

    private static final String CHANNEL = "activities";

    /** The longest time for which one record may delay others while the topic's partitions are unknown. */
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(5);

    private static final Duration CLOSING = Duration.ofMillis(500);

    private final ProcmonConfig config;
    /** The configuration keys {@code kafka.*}. */
    private final Instance<Map<String, Object>> clusters;

    private final Instance<ClientCustomizer<Map<String, Object>>> customizers;
    private final Instance<SerializationFailureHandler<?>> failureHandlers;
    private final Instance<ProducerInterceptor<?, ?>> interceptors;

    private ReactiveKafkaProducer<String, String> producer;

    @Inject
    KafkaTopic(
            ProcmonConfig config,
            @Any Instance<Map<String, Object>> clusters,
            @Any Instance<ClientCustomizer<Map<String, Object>>> customizers,
            @Any Instance<SerializationFailureHandler<?>> failureHandlers,
            @Any Instance<ProducerInterceptor<?, ?>> interceptors) {
        this.config = config;
        this.clusters = clusters;
        this.customizers = customizers;
        this.failureHandlers = failureHandlers;
        this.interceptors = interceptors;
    }

    /**
     * Completes when the cluster has accepted the record. The producer retries for at most the timeout of one attempt.
     */
    Uni<Void> send(String key, String value, Headers headers) {
        ReactiveKafkaProducer<String, String> used = producer();
        return used.send(new ProducerRecord<>(config.kafka().topic(), null, key, value, headers))
                .replaceWithVoid()
                .onFailure(KafkaAnswers::mayRuinTheProducer)
                .invoke(() -> replace(used));
    }

    private synchronized ReactiveKafkaProducer<String, String> producer() {
        if (producer == null) {
            producer = new ReactiveKafkaProducer<>(
                    new KafkaConnectorOutgoingConfiguration(
                            ConfigHelper.retrieveChannelConfiguration(clusters, channel())),
                    customizers,
                    failureHandlers,
                    interceptors,
                    _ -> {},
                    (_, _) -> {});
        }
        return producer;
    }

    /**
     * Replaces the producer. A producer that has not started, because no broker's name can be resolved, starts with the
     * next record.
     */
    private synchronized void replace(ReactiveKafkaProducer<String, String> ruined) {
        if (producer == ruined && ruined.unwrap() != null) {
            producer = null;
            Infrastructure.getDefaultWorkerPool().execute(() -> close(ruined));
        }
    }

    /** Closes a producer without waiting: its records fail and are retried with another producer. */
    private static void close(ReactiveKafkaProducer<String, String> ruined) {
        ruined.unwrap().close(Duration.ZERO);
        ruined.close();
    }

    @PreDestroy
    synchronized void close() {
        Producer<String, String> open = producer == null ? null : producer.unwrap();
        if (open != null) {
            open.close(CLOSING);
        }
    }

    /** The producer's configuration; {@code kafka.*} adds to it. */
    private Config channel() {
        Duration timeout = config.api().timeout();
        Map<String, String> settings = new HashMap<>();
        settings.put("channel-name", CHANNEL);
        settings.put("lazy-client", "true"); // the broker's name may not be resolvable yet
        settings.put("close-timeout", millis(CLOSING));
        settings.put("client.id", "procmon");
        settings.put("key.serializer", StringSerializer.class.getName());
        settings.put("value.serializer", StringSerializer.class.getName());
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        settings.put("linger.ms", "0"); // a student's next record waits for this one, so lingering collects nothing
        settings.put("delivery.timeout.ms", millis(timeout));
        settings.put("request.timeout.ms", millis(timeout));
        settings.put("max.block.ms", millis(timeout.compareTo(LONGEST_BLOCK) < 0 ? timeout : LONGEST_BLOCK));
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, CHANNEL, 0))
                .build();
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
