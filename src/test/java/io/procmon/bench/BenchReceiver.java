package io.procmon.bench;

import io.procmon.KafkaBroker;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** A backend that takes whatever comes as fast as it can, and can be made to stand still. */
interface BenchReceiver extends AutoCloseable {

    /** What tells procmon where it is. */
    Map<String, String> environment();

    /** What is to be stopped for it to stand still. */
    long pid();

    /** How much disk it has taken so far, if it keeps anything. */
    OptionalLong kept() throws IOException;

    @Override
    void close();

    /** Takes every POST, and reads no more of it than it must. */
    static Http http(Workbench workbench, String tag) throws IOException {
        return http(Observer.ofRequests(workbench, tag, workbench.program("sightings")));
    }

    /** Takes every POST after so many milliseconds. */
    static Http http(Workbench workbench, String tag, int millis) throws IOException {
        return http(Observer.ofSlowRequests(workbench, tag, workbench.program("sightings"), millis));
    }

    private static Http http(ProcessBuilder command) throws IOException {
        Process observer =
                command.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String port = new BufferedReader(observer.inputReader()).readLine();
        return new Http(observer, Map.of("API_ENDPOINT", "http://127.0.0.1:" + port));
    }

    /** One broker, and a topic with as many partitions as fit one machine. */
    static BenchReceiver kafka(Workbench workbench) throws IOException {
        Path directory = Files.createTempDirectory(workbench.directory(), "kafka");
        KafkaBroker broker = new KafkaBroker(
                directory, ProcmonTracer.freePort(), ProcmonTracer.freePort(), ProcmonTracer.freePort());
        broker.open();
        broker.create(Kafka.TOPIC, Kafka.PARTITIONS, Map.of());
        return new Kafka(broker, directory);
    }

    /** By HTTP. */
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

    /** By Kafka. */
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
