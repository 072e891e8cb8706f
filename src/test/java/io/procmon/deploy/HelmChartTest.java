package io.procmon.deploy;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Helm chart, rendered by Helm's own library. */
class HelmChartTest {

    private static final Path CHART = Manifests.HOME.resolve("helm/procmon");

    @TempDir
    private Path directory;

    @Test
    void chart_hasNoFaults() {
        LintResult result = new Helm(CHART).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    /**
     * With the default values, the chart equals the output of kustomize for the same files, except labels and the
     * namespace.
     */
    @ParameterizedTest
    @CsvSource({"true, false, base", "false, true, class"})
    void eachPart_isThatOfTheManifests(boolean node, boolean service, String part) throws Exception {
        Map<String, ObjectNode> manifests = new TreeMap<>();
        for (Path file : Manifests.yaml("kubernetes/" + part)) {
            ObjectNode manifest = (ObjectNode) Manifests.documents(file).getFirst();
            if (!manifest.path("kind").asText().matches("Kustomization|Namespace")) {
                manifests.put(name(manifest), manifest);
            }
        }

        Map<String, ObjectNode> rendered =
                render(Map.of("node.enabled", node, "class.enabled", service)).manifests();

        assertThat(rendered.values()).allSatisfy(manifest -> Kubernetes.read(manifest));
        rendered.values().forEach(HelmChartTest::withoutWhatIsOfTheRelease);
        assertThat(rendered).isEqualTo(manifests);
    }

    @Test
    void bothParts_workTogether_andValuesChangeThem() throws Exception {
        Rendered rendered = render(Map.of(
                "class.enabled", true,
                "class.replicas", 1,
                "class.secret", "own",
                "class.settings.LOG_LEVEL", "DEBUG",
                "node.tokenSecret", "tokens",
                "node.nodeSelector.lab", "os",
                "node.resources.limits.memory", "1Gi",
                "image.repository", "registry.example.edu/procmon",
                "image.tag", "1.0.0"));

        assertThat(rendered.manifests().keySet())
                .containsExactly(
                        "ConfigMap procmon",
                        "ConfigMap procmon-class",
                        "DaemonSet procmon",
                        "Deployment procmon-class",
                        "NetworkPolicy procmon",
                        "NetworkPolicy procmon-class",
                        "Service procmon-class",
                        "ServiceAccount procmon");
        for (JsonNode manifest : rendered.manifests().values()) {
            assertThat(Kubernetes.read(manifest).getMetadata().getNamespace()).isEqualTo("lab");
        }
        assertThat(rendered.text("ConfigMap procmon", "/data/API_ENDPOINT"))
                .isEqualTo("http://procmon-class.lab.svc:9091");
        assertThat(rendered.text("NetworkPolicy procmon", "/spec/egress/1/to/0/podSelector/matchLabels"))
                .isEqualTo(rendered.text("Deployment procmon-class", "/spec/selector/matchLabels"));
        assertThat(rendered.text("ConfigMap procmon-class", "/data/LOG_LEVEL")).isEqualTo("DEBUG");
        assertThat(rendered.text("Deployment procmon-class", "/spec/template/spec/volumes/1/secret/secretName"))
                .isEqualTo("own");
        String pod = "/spec/template/spec";
        assertThat(rendered.text("DaemonSet procmon", pod + "/volumes/2/secret/secretName"))
                .isEqualTo("tokens");
        assertThat(rendered.text("DaemonSet procmon", pod + "/nodeSelector"))
                .isEqualTo("{\"kubernetes.io/os\":\"linux\",\"lab\":\"os\"}");
        assertThat(rendered.text("DaemonSet procmon", pod + "/containers/0/resources"))
                .isEqualTo("{\"limits\":{\"memory\":\"1Gi\"}}");
        assertThat(Stream.of("DaemonSet procmon", "Deployment procmon-class")
                        .flatMap(name -> rendered.manifests().get(name).findValuesAsText("image").stream()))
                .hasSize(3)
                .containsOnly("registry.example.edu/procmon:1.0.0");
    }

    @ParameterizedTest
    @CsvSource({
        "class.enabled, perhaps, class/enabled",
        "class.replicas, 0, class/replicas",
        "node.setings.LOG_LEVEL, INFO, setings",
        "node.settings.log-level, INFO, log-level",
        "networkPolicies, true, networkPolicies"
    })
    void valueThatIsNone_isRefused(String name, String value, String named) {
        TemplateCommand template = new Helm(CHART).template().set(name, value);

        assertThatThrownBy(template::call).hasMessageContaining(named);
    }

    private record Rendered(Map<String, ObjectNode> manifests) {
        String text(String name, String pointer) {
            JsonNode value = manifests.get(name).at(pointer);
            return value.isValueNode() ? value.asText() : value.toString();
        }
    }

    private Rendered render(Map<String, Object> values) throws Exception {
        TemplateCommand template =
                new Helm(CHART).template().withName("release").withNamespace("lab");
        values.forEach(template::set);
        Path file = Files.writeString(directory.resolve("rendered.yaml"), template.call());
        return new Rendered(Manifests.documents(file).stream()
                .map(ObjectNode.class::cast)
                .collect(toMap(HelmChartTest::name, it -> it, (one, _) -> one, TreeMap::new)));
    }

    private static String name(JsonNode manifest) {
        return manifest.required("kind").asText() + " "
                + manifest.at("/metadata/name").asText();
    }

    private static void withoutWhatIsOfTheRelease(ObjectNode manifest) {
        ((ObjectNode) manifest.path("metadata")).remove("labels");
        ((ObjectNode) manifest.path("metadata")).remove("namespace");
        if (manifest.at("/spec/template/metadata") instanceof ObjectNode pod) {
            ObjectNode annotations = (ObjectNode) pod.path("annotations");
            annotations.remove("checksum/settings");
            if (annotations.isEmpty()) {
                pod.remove("annotations");
            }
        }
    }
}
