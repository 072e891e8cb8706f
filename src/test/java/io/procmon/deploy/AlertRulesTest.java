package io.procmon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks the alerts with Prometheus' own tool. */
class AlertRulesTest {

    private static final Tool PROMTOOL = new Tool("promtool", "prometheus");

    @ParameterizedTest
    @CsvSource({
        "check, config, prometheus.yml",
        "check, rules, alerts.yml",
        "test, rules, alerts_test.yml",
    })
    void promtool_findsNoFault(String verb, String what, String file) throws Exception {
        Tool.Verdict verdict = PROMTOOL.run(
                verb, what, Manifests.HOME.resolve("prometheus").resolve(file).toString());

        assertThat(verdict.status()).as(verdict.output()).isZero();
    }

    @Test
    void everyAlert_hasACaseInWhichItFires() {
        List<String> fired = Manifests.read("prometheus/alerts_test.yml").findParents("alertname").stream()
                .filter(expectation -> !expectation.path("exp_alerts").isEmpty())
                .map(expectation -> expectation.path("alertname").asText())
                .toList();

        assertThat(Manifests.read("prometheus/alerts.yml").findValuesAsText("alert"))
                .isNotEmpty()
                .hasSameElementsAs(fired);
    }

    @Test
    void everyAlert_saysHowBadItIsAndWhatToDo() {
        List<JsonNode> alerts = Manifests.read("prometheus/alerts.yml").findParents("alert");

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(alert.at("/annotations/summary").asText()).contains("$labels.instance");
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
        });
    }
}
