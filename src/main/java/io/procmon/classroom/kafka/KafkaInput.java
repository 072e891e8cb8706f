package io.procmon.classroom.kafka;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.classroom.intake.EventSource;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.reactive.messaging.ClientCustomizer;
import io.smallrye.reactive.messaging.kafka.impl.ConfigHelper;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The topic of a Kafka cluster to which nodes send their activities. One thread reads it. */
@Named(KafkaInput.NAME)
@ApplicationScoped
public class KafkaInput implements EventSource {

    /** Quarkus rewrites each class that uses its Log, and cannot in a build without Kafka's classes. */
    private static final Logger LOG = Logger.getLogger(KafkaInput.class);

    /** The name of the bean, which a build may leave out. */
    public static final String NAME = "kafka-input";

    private static final String SERVERS = "kafka.bootstrap.servers";
    private static final String CHANNEL = "activities";
    private static final Duration POLL = Duration.ofSeconds(1);

    /** The pause before the next attempt, if the store or the cluster is unavailable. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration CLOSING = Duration.ofSeconds(5);

    private final ProcmonConfig config;
    private final Map<String, Object> settings;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile KafkaConsumer<String, byte[]> open;
    private Thread thread;
    private boolean away;

    @Inject
    KafkaInput(
            ProcmonConfig config,
            @Any Instance<Map<String, Object>> clusters,
            @Any Instance<ClientCustomizer<Map<String, Object>>> customizers,
            @ConfigProperty(name = SERVERS) Optional<String> servers) {
        this(config, customized(servers.isEmpty() ? Map.of() : cluster(clusters), customizers));
    }

    /**
     * @param cluster the settings {@code kafka.*}
     * @throws InvalidConfiguration if they name no cluster
     */
    KafkaInput(ProcmonConfig config, Map<String, Object> cluster) {
        this.config = config;
        settings = new HashMap<>(cluster);
        if (!settings.containsKey("bootstrap.servers")) {
            throw new InvalidConfiguration(
                    SERVERS, "", "must be the brokers' addresses; set KAFKA_BOOTSTRAP_SERVERS to host:port,host:port");
        }
        settings.put("group.id", config.kafka().group());
        settings.putIfAbsent("client.id", "procmon-class");
        settings.put("enable.auto.commit", "false");
        settings.putIfAbsent("auto.offset.reset", "earliest");
        settings.putIfAbsent("metadata.max.age.ms", "30000"); // a topic that is made later is found after this time
    }

    private static Map<String, Object> cluster(Instance<Map<String, Object>> clusters) {
        return ConfigHelper.retrieveDefaultKafkaConfig(clusters);
    }

    /** Quarkus' TLS registry is such a customizer. */
    private static Map<String, Object> customized(
            Map<String, Object> cluster, Instance<ClientCustomizer<Map<String, Object>>> customizers) {
        Map<String, String> values = new HashMap<>();
        cluster.forEach((key, value) -> values.put(key, String.valueOf(value)));
        Config channel = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, CHANNEL, 0))
                .build();
        Map<String, Object> customized = new HashMap<>(cluster);
        for (ClientCustomizer<Map<String, Object>> customizer : customizers.stream()
                .sorted(Comparator.comparingInt(ClientCustomizer::getPriority))
                .toList()) {
            Map<String, Object> changed = customizer.customize(CHANNEL, channel, customized);
            customized = changed == null ? customized : changed;
        }
        return customized;
    }

    @Override
    public String address() {
        return "topic %s of Kafka at %s, in the group %s"
                .formatted(
                        config.kafka().topic(),
                        settings.get("bootstrap.servers"),
                        config.kafka().group());
    }

    @Override
    public synchronized void open(Consumer<List<ObjectNode>> receiver) {
        thread = Thread.ofPlatform().name("kafka-input").daemon().start(() -> run(receiver));
    }

    private void run(Consumer<List<ObjectNode>> receiver) {
        do {
            try (KafkaConsumer<String, byte[]> consumer =
                    new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
                open = consumer;
                consumer.subscribe(List.of(config.kafka().topic()));
                while (!isStopped(Duration.ZERO)) {
                    take(consumer, receiver);
                }
            } catch (WakeupException e) {
                LOG.debug("the reader of the topic was woken to stop");
            } catch (RuntimeException e) { // also of this program: the thread must not end
                fails(e);
            }
        } while (!isStopped(PAUSE));
    }

    private void take(KafkaConsumer<String, byte[]> consumer, Consumer<List<ObjectNode>> receiver) {
        ConsumerRecords<String, byte[]> records = consumer.poll(POLL);
        if (records.isEmpty()) {
            return;
        }
        try {
            receiver.accept(events(records));
        } catch (IllegalStateException e) {
            fails(e);
            rewind(consumer, records);
            isStopped(PAUSE);
            return;
        }
        works();
        try {
            consumer.commitSync();
        } catch (CommitFailedException | RebalanceInProgressException e) {
            LOG.debugf("another instance has got these partitions, and reads some events again: %s", e.getMessage());
        }
    }

    private List<ObjectNode> events(ConsumerRecords<String, byte[]> records) {
        List<ObjectNode> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            KafkaEvents.of(record)
                    .ifPresentOrElse(
                            events::add,
                            () -> LOG.warnf(
                                    "record %d of partition %d in the topic %s is no event: it is skipped",
                                    record.offset(), record.partition(), record.topic()));
        }
        return events;
    }

    /** The next poll brings the same records. */
    private static void rewind(KafkaConsumer<String, byte[]> consumer, ConsumerRecords<String, byte[]> records) {
        for (TopicPartition partition : records.partitions()) {
            consumer.seek(partition, records.records(partition).getFirst().offset());
        }
    }

    private void fails(RuntimeException trouble) {
        if (!away) {
            LOG.warnf(
                    "the class service cannot take activities of the %s (%s: %s); it tries again each second",
                    address(), trouble.getClass().getSimpleName(), trouble.getMessage());
        }
        away = true;
    }

    private void works() {
        if (away) {
            LOG.infof("the class service takes activities of the %s again", address());
        }
        away = false;
    }

    /** Waits; returns whether the reader was stopped. */
    private boolean isStopped(Duration patience) {
        try {
            return stopped.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Leaves the group, so that other instances get the partitions at once. */
    @Override
    public synchronized void close() {
        stopped.countDown();
        KafkaConsumer<String, byte[]> reading = open;
        if (reading != null) {
            reading.wakeup();
        }
        if (thread != null) {
            try {
                if (!thread.join(CLOSING)) {
                    LOG.warn("the reader of the topic does not end");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
