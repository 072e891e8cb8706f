package io.procmon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.Classroom;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationCheckTest {

    @ParameterizedTest
    @CsvSource({
        "procmon.api.timeout, 0",
        "procmon.api.timeout, 3601",
        "procmon.api.retry-wait, 0",
        "procmon.api.retry-wait, 1ms",
        "procmon.spool.max-age, 0",
        "procmon.spool.max-size, 0",
        "procmon.spool.memory-size, 0",
        "procmon.spool.memory-size, 1023K"
    })
    void valueOutOfBounds_isRefused(String key, String value) {
        assertThatThrownBy(() -> ConfigurationCheck.values(Classroom.config(Map.of(key, value))))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(key);
    }

    @ParameterizedTest
    @CsvSource({
        "procmon.api.timeout, 1h",
        "procmon.api.retry-wait, 100ms",
        "procmon.spool.max-age, 1m",
        "procmon.spool.max-size, 1M",
        "procmon.spool.memory-size, 1M"
    })
    void valueAtItsBound_isAllowed(String key, String value) {
        assertThatCode(() -> ConfigurationCheck.values(Classroom.config(Map.of(key, value))))
                .doesNotThrowAnyException();
    }

    @Test
    void patternReports_needTheBuildsAndRunsOfTheNode() {
        assertThatThrownBy(() -> ConfigurationCheck.values(Classroom.config(
                        Map.of("procmon.workflow.report", "true", "procmon.classroom.enabled", "false"))))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("procmon.classroom.enabled");
    }

    @ParameterizedTest
    @CsvSource({
        "PROCMON_HOSTNAM_PREFIX, PROCMON_HOSTNAME_PREFIX",
        "PROCMON_SPOOL_MAXSIZE, PROCMON_SPOOL_MAX_SIZE",
        "PROCMON_PRINTS, PROCMON_PRINT",
        "PROCMON_API_CONCURENCY, PROCMON_API_CONCURRENCY",
        "PROCMON_KERNEL_PROCESES, PROCMON_KERNEL_PROCESSES"
    })
    void misspeltVariable_getsAWarningWithTheNearestName(String variable, String nearest) {
        assertThat(ConfigurationCheck.unknownVariables(List.of("PATH", variable, "PROCMON_PRINT")))
                .containsExactly("the environment variable %s is set, but procmon knows no such key; the nearest is %s"
                        .formatted(variable, nearest));
    }

    @Test
    void variablesOfAContainerRuntime_areWarningsOnly() {
        assertThat(ConfigurationCheck.unknownVariables(List.of(
                        "PROCMON_SERVICE_HOST", "PROCMON_PORT_9090_TCP", "PROCMON_PORT", "PROCMON_IMAGE", "HOME")))
                .hasSize(4)
                .allSatisfy(warning -> assertThat(warning).doesNotContain("="));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://backend:8000/api?tenant=a", "https://backend/?", "http://backend/x#part"})
    void endpointWithAQueryOrAFragment_isRefused(String endpoint) {
        assertThatThrownBy(() -> ConfigurationCheck.values(Classroom.config(Map.of("procmon.api.endpoint", endpoint))))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("procmon.api.endpoint")
                .hasMessageNotContaining("tenant");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://backend:8000/", "http://backend/api/", "https://backend/api//"})
    void endpointWithASlashAtItsEnd_isAllowed(String endpoint) {
        assertThatCode(() -> ConfigurationCheck.values(Classroom.config(Map.of("procmon.api.endpoint", endpoint))))
                .doesNotThrowAnyException();
    }

    @Test
    void clientWaitsLonger_thanAnyTimeoutThatIsAllowed() throws IOException {
        long readTimeout = new SmallRyeConfigBuilder()
                .withSources(
                        new PropertiesConfigSource(ProcmonConfig.class.getResource("/application.properties"), 100))
                .build()
                .getValue("quarkus.rest-client.backend.read-timeout", Long.class);

        assertThat(Duration.ofMillis(readTimeout)).isGreaterThan(ConfigurationCheck.TIMEOUT_MAX);
    }
}
