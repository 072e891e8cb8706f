package io.procmon.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The manifests of a lab's cluster. */
class KubernetesTest {

    private static final Tool KUBECTL = new Tool("kubectl", "kubernetes-client");

    static List<Path> manifests() {
        return Manifests.yaml("kubernetes").stream()
                .filter(file -> !file.endsWith("kustomization.yaml"))
                .toList();
    }

    static List<Path> kustomizations() {
        return Manifests.yaml("kubernetes").stream()
                .filter(file -> file.endsWith("kustomization.yaml"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void manifest_hasOnlyFieldsOfItsKind(Path file) throws Exception {
        for (JsonNode manifest : Manifests.documents(file)) {
            assertThat(Kubernetes.read(manifest).getMetadata().getName()).startsWith("procmon");
        }
    }

    @Test
    void misspeltField_isNoticedHoweverDeep() {
        ObjectNode daemonSet = (ObjectNode) Manifests.read("kubernetes/base/daemon-set.yaml");
        ((ObjectNode) daemonSet.at("/spec/template/spec/containers/0/securityContext")).put("runAsNonroot", true);

        assertThatThrownBy(() -> Kubernetes.read(daemonSet)).hasMessageContaining("runAsNonroot");
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void kustomization_namesFilesThatAreThere(Path file) {
        JsonNode kustomization = Manifests.documents(file).getFirst();

        assertThat(Stream.concat(
                        texts(kustomization.path("resources")),
                        kustomization.path("patches").findValuesAsText("path").stream()))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(file.resolveSibling(name)).exists());
    }

    @Test
    void base_listsEveryManifestBesideIt() throws Exception {
        Path base = Manifests.HOME.resolve("kubernetes/base");
        try (Stream<Path> files = Files.list(base)) {
            assertThat(texts(
                            Manifests.read("kubernetes/base/kustomization.yaml").path("resources")))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString())
                                    .filter(name -> !name.equals("kustomization.yaml"))
                                    .toList());
        }
    }

    @Test
    void overlay_rendersToManifestsOfTheirKinds(@TempDir Path directory) throws Exception {
        Tool.Verdict rendered = KUBECTL.run(
                "kustomize",
                Manifests.HOME.resolve("kubernetes/overlays/example").toString());
        assertThat(rendered.status()).as(rendered.output()).isZero();
        Path file = Files.writeString(directory.resolve("rendered.yaml"), rendered.output());

        List<JsonNode> manifests = Manifests.documents(file);
        assertThat(manifests).hasSize(5);
        for (JsonNode manifest : manifests) {
            Kubernetes.read(manifest);
        }
        assertThat(rendered.output()).contains("registry.example.edu/lab/procmon:1.0.0");
    }

    @Test
    void procmon_hasTwoCapabilitiesAndNoMore() throws Exception {
        Container procmon = daemonSet().getContainers().getFirst();
        var security = procmon.getSecurityContext();

        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).containsExactly("BPF", "PERFMON");
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getPrivileged()).isNull();
        assertThat(daemonSet().getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(daemonSet().getAutomountServiceAccountToken()).isFalse();
    }

    @Test
    void everyVolumeThatIsMounted_isThere() throws Exception {
        Set<String> volumes = new TreeSet<>();
        daemonSet().getVolumes().forEach(volume -> volumes.add(volume.getName()));

        assertThat(Stream.concat(daemonSet().getContainers().stream(), daemonSet().getInitContainers().stream())
                        .flatMap(container -> container.getVolumeMounts().stream())
                        .map(mount -> mount.getName()))
                .isNotEmpty()
                .isSubsetOf(volumes);
    }

    @Test
    void everySetting_isDocumented() throws Exception {
        Set<String> settings = new TreeSet<>();
        daemonSet().getContainers().getFirst().getEnv().forEach(variable -> settings.add(variable.getName()));
        for (Path file : manifests()) {
            Manifests.documents(file)
                    .forEach(manifest -> manifest.path("data").fieldNames().forEachRemaining(settings::add));
        }

        assertThat(settings).isNotEmpty().isSubsetOf(DocumentTables.variables());
    }

    @Test
    void classService_rendersToManifestsOfTheirKinds_andHasNoCapability(@TempDir Path directory) throws Exception {
        Tool.Verdict rendered = KUBECTL.run(
                "kustomize", Manifests.HOME.resolve("kubernetes/class").toString());
        assertThat(rendered.status()).as(rendered.output()).isZero();
        Path file = Files.writeString(directory.resolve("rendered.yaml"), rendered.output());

        assertThat(Manifests.documents(file))
                .hasSize(5)
                .allSatisfy(manifest -> assertThat(
                                Kubernetes.read(manifest).getMetadata().getNamespace())
                        .isEqualTo("procmon"));
        Deployment deployment = (Deployment) Kubernetes.read(Manifests.read("kubernetes/class/deployment.yaml"));
        PodSpec pod = deployment.getSpec().getTemplate().getSpec();
        Container service = pod.getContainers().getFirst();
        assertThat(service.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(service.getSecurityContext().getCapabilities().getAdd()).isEmpty();
        assertThat(pod.getHostPID()).isNull();
        assertThat(service.getCommand()).endsWith("io.procmon.Main", "class");
        assertThat(pod.getVolumes().stream().map(volume -> volume.getName()))
                .containsAll(service.getVolumeMounts().stream()
                        .map(mount -> mount.getName())
                        .toList());
    }

    private static PodSpec daemonSet() throws Exception {
        DaemonSet daemonSet = (DaemonSet) Kubernetes.read(Manifests.read("kubernetes/base/daemon-set.yaml"));
        return daemonSet.getSpec().getTemplate().getSpec();
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText);
    }
}
