package io.procmon.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** An invalid value aborts start-up, with one line for the operator and an exit status for the supervisor. */
class BadConfigurationIT {

    private static final int USAGE = 64;

    @ParameterizedTest(name = "{0}")
    @CsvFileSource(resources = "bad-configuration.csv", delimiter = '|', quoteCharacter = '"')
    void wrongValue_endsTheStart_withOneLine(String setting, String line) {
        String[] keyAndValue = setting.split("=", 2);

        Artefact.Run run = Artefact.run(Map.of(keyAndValue[0], keyAndValue[1]));

        assertThat(run).isEqualTo(refusal(line));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PROMETHEUS_PORT   | QUARKUS_HTTP_PORT | quarkus.management.port",
                "QUARKUS_HTTP_PORT | PROMETHEUS_PORT   | quarkus.http.port"
            })
    void portInUse_endsTheStart_withOneLine(String variable, String other, String key) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String port = Integer.toString(taken.getLocalPort());

            Artefact.Run run = Artefact.run(Map.of(variable, port, other, "0", "PROCMON_SOURCE", "replay"));

            assertThat(run)
                    .isEqualTo(refusal(
                            "%s is '%s': the port is in use; set %s to a free one".formatted(key, port, variable)));
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "procmon.artifact.kafka", matches = "compile")
    void kafkaWithoutBrokers_endsTheStart_withOneLine() {
        wrongValue_endsTheStart_withOneLine(
                "PROCMON_KAFKA_ENABLED=true",
                "kafka.bootstrap.servers is '': must be the brokers' addresses; set KAFKA_BOOTSTRAP_SERVERS to host:port,host:port");
    }

    @Test
    @DisabledIfSystemProperty(named = "procmon.artifact.kafka", matches = "compile")
    void kafkaThatWasLeftOut_endsTheStart_withOneLine() {
        wrongValue_endsTheStart_withOneLine(
                "PROCMON_KAFKA_ENABLED=true",
                "procmon.kafka.enabled is 'true': needs Kafka's client, which this build leaves out: use the JVM build, or ./dev native --with kafka");
    }

    private static Artefact.Run refusal(String line) {
        return new Artefact.Run(USAGE, "", "procmon: configuration: " + line + "\n");
    }
}
