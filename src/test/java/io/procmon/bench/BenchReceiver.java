package io.procmon.bench;

import io.procmon.KafkaBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** A backend that accepts every request as fast as it can, and that can be suspended. */
interface BenchReceiver extends AutoCloseable {

    /** The environment variables with its address. */
    Map<String, String> environment();

    /** The process to suspend. */
    long pid();

    /** The disk space that it has used so far, in bytes; empty if it stores nothing. */
    OptionalLong kept() throws IOException;

    @Override
    void close();

    /** Accepts every POST and reads as little of it as possible. */
    static Http http(Workbench workbench, String tag) throws IOException {
        return http(Observer.ofRequests(workbench, tag, workbench.program("sightings")));
    }

    /** Accepts every POST after a delay in milliseconds. */
    static Http http(Workbench workbench, String tag, int millis) throws IOException {
        return http(Observer.ofSlowRequests(workbench, tag, workbench.program("sightings"), millis));
    }

    private static Http http(ProcessBuilder command) throws IOException {
        Process observer =
                command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String port = new BufferedReader(observer.inputReader()).readLine();
        return new Http(observer, Map.of("API_ENDPOINT", "http://127.0.0.1:" + port));
    }

    /** One broker, and a topic with as many partitions as suit one machine. */
    static BenchReceiver kafka(Workbench workbench) throws IOException {
        Path directory = Files.createTempDirectory(workbench.directory(), "kafka");
        KafkaBroker broker = new KafkaBroker(
                directory, ProcmonTracer.freePort(), ProcmonTracer.freePort(), ProcmonTracer.freePort());
        broker.open();
        broker.create(Kafka.TOPIC, Kafka.PARTITIONS, Map.of());
        return new Kafka(broker, directory);
    }

    /** A backend over HTTP. */
    record Http(Process observer, Map<String, String> environment) implements BenchReceiver {

        @Override
        public long pid() {
            return observer.pid();
        }

        @Override
        public OptionalLong kept() {
            return OptionalLong.empty();
        }

        @Override
        public void close() {
            Observed.end(observer);
        }
    }

    /** A Kafka backend. */
    record Kafka(KafkaBroker broker, Path directory) implements BenchReceiver {

        private static final String TOPIC = "procmon-activities";
        private static final int PARTITIONS = 6;

        @Override
        public Map<String, String> environment() {
            return Map.of("PROCMON_KAFKA_ENABLED", "true", "KAFKA_BOOTSTRAP_SERVERS", broker.address());
        }

        @Override
        public long pid() {
            return broker.pid();
        }

        @Override
        public OptionalLong kept() throws IOException {
            return OptionalLong.of(broker.bytes(TOPIC));
        }

        @Override
        public void close() {
            broker.close();
        }
    }
}
