package io.procmon;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.plain.PlainLoginModule;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * A Kafka cluster of one real broker in its own process. It keeps its address and its topics while it is stopped. Its
 * classes are those of this process' class path.
 */
public final class KafkaBroker implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final Duration POLL = Duration.ofMillis(100);

    /** Switched off, because Kafka's clients log their whole configuration. */
    private static final Logger CLIENTS = Logger.getLogger("org.apache.kafka");

    private final Path directory;
    private final Path settings;
    private final int port;
    private final int controllerPort;
    private final int guardedPort;
    private Process process;

    /**
     * Creates a cluster without starting it.
     *
     * @param directory an empty directory for its data and its log
     * @param port the port for clients
     * @param controllerPort the port of its controller
     * @param guardedPort the port for clients with a password
     */
    public KafkaBroker(Path directory, int port, int controllerPort, int guardedPort) {
        CLIENTS.setLevel(Level.OFF);
        this.directory = directory;
        this.port = port;
        this.controllerPort = controllerPort;
        this.guardedPort = guardedPort;
        settings = directory.resolve("server.properties");
        expects(Uuid.randomUuid().toString());
        try {
            Process format = java(
                    "kafka.tools.StorageTool", "format", "-t", Uuid.randomUuid().toString(), "-c");
            if (format.waitFor() != 0) {
                throw new IllegalStateException("the broker's directory cannot be made:\n" + log());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Sets the password of the user procmon from the next start on. */
    public void expects(String password) {
        try {
            Files.writeString(settings, """
                    process.roles=broker,controller
                    node.id=1
                    controller.quorum.voters=1@127.0.0.1:%2$d
                    listeners=PLAINTEXT://127.0.0.1:%1$d,SASL_PLAINTEXT://127.0.0.1:%3$d,CONTROLLER://127.0.0.1:%2$d
                    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,SASL_PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
                    inter.broker.listener.name=PLAINTEXT
                    controller.listener.names=CONTROLLER
                    sasl.enabled.mechanisms=PLAIN
                    listener.name.sasl_plaintext.plain.sasl.jaas.config=%4$s required user_procmon="%5$s";
                    log.dirs=%6$s
                    auto.create.topics.enable=false
                    offsets.topic.replication.factor=1
                    """.formatted(
                            port,
                            controllerPort,
                            guardedPort,
                            PlainLoginModule.class.getName(),
                            password,
                            directory.resolve("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The environment of a client that sends a password. */
    public Map<String, String> guarded(String password) {
        return Map.of(
                "KAFKA_BOOTSTRAP_SERVERS",
                "127.0.0.1:" + guardedPort,
                "KAFKA_SECURITY_PROTOCOL",
                "SASL_PLAINTEXT",
                "KAFKA_SASL_MECHANISM",
                "PLAIN",
                "KAFKA_SASL_JAAS_CONFIG",
                "%s required username=\"procmon\" password=\"%s\";"
                        .formatted(PlainLoginModule.class.getName(), password));
    }

    /** The address for clients. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /** Starts the broker, and waits until it answers. */
    public void open() {
        try {
            process = java("kafka.Kafka");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (Admin admin = admin()) {
            admin.describeCluster().nodes().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the broker does not answer:\n" + log(), e);
        }
    }

    /** Ends the broker with SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Creates a topic. */
    public void create(String topic, int partitions, Map<String, String> configuration) {
        try (Admin admin = admin()) {
            NewTopic description =
                    new NewTopic(topic, Optional.of(partitions), Optional.empty()).configs(configuration);
            admin.createTopics(List.of(description)).all().get();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the topic cannot be made", e);
        }
    }

    /** The broker's process. */
    public long pid() {
        return process.pid();
    }

    /** The disk usage of a topic's records, in bytes. */
    public long bytes(String topic) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            return files.filter(file -> file.toString().matches(".*/" + Pattern.quote(topic) + "-[0-9]+/.*[.]log"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    /** The number of records in a topic. */
    public long count(String topic) {
        try (KafkaConsumer<String, String> consumer = consumer()) {
            return consumer.endOffsets(partitions(consumer, topic)).values().stream()
                    .mapToLong(it -> it)
                    .sum();
        }
    }

    /** All records of a topic: each partition in its order. */
    public List<ConsumerRecord<String, String>> records(String topic) {
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(consumer, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(it -> consumer.position(it) < ends.get(it))) {
                consumer.poll(POLL).forEach(records::add);
            }
        }
        return records;
    }

    /** The number of partitions that each member of a consumer group has. */
    public List<Integer> partitionsByMember(String group) {
        try (Admin admin = admin()) {
            return admin.describeConsumerGroups(List.of(group)).describedGroups().get(group).get().members().stream()
                    .map(member -> member.assignment().topicPartitions().size())
                    .toList();
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException("the group cannot be described", e);
        }
    }

    /** The log of the broker. */
    public String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }

    private static List<TopicPartition> partitions(KafkaConsumer<String, String> consumer, String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(it -> new TopicPartition(topic, it.partition()))
                .toList();
    }

    private Admin admin() {
        return Admin.create(clientSettings());
    }

    private KafkaConsumer<String, String> consumer() {
        return new KafkaConsumer<>(clientSettings(), new StringDeserializer(), new StringDeserializer());
    }

    private Map<String, Object> clientSettings() {
        return Map.of("bootstrap.servers", address(), "default.api.timeout.ms", Math.toIntExact(DEADLINE.toMillis()));
    }

    /** Runs a class of Kafka with some arguments, followed by the file of settings. */
    private Process java(String mainClass, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(arguments));
        command.add(settings.toString());
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }
}
