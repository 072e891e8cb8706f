package io.procmon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the services of the compose file. */
class ComposeTest {

    private final JsonNode compose = Manifests.read("compose.yaml");
    private final JsonNode procmon = compose.at("/services/procmon");

    @Test
    void everyServiceThatIsNamed_isThere() {
        Set<String> services = keys(compose.path("services"));

        assertThat(compose.path("services").valueStream().flatMap(service -> texts(service.path("depends_on"))))
                .isNotEmpty()
                .isSubsetOf(services);
        assertThat(procmon.at("/environment/API_ENDPOINT").asText().replaceAll(".*http://([a-z]+):.*", "$1"))
                .isIn(services);
        assertThat(Manifests.read("prometheus/prometheus.yml")
                        .at("/scrape_configs/0/static_configs/0/targets/0")
                        .asText())
                .isEqualTo("procmon:9090");
    }

    @Test
    void everyFileThatIsNamed_isThere() {
        Set<String> volumes = keys(compose.path("volumes"));

        compose.path("services").valueStream().forEach(service -> {
            assertThat(texts(service.path("volumes")).map(mount -> mount.split(":", 2)[0]))
                    .allMatch(source -> volumes.contains(source) || there(source));
            assertThat(texts(service.path("security_opt"))
                            .filter(option -> option.startsWith("seccomp="))
                            .map(option -> option.replaceFirst("seccomp=", "")))
                    .allMatch(ComposeTest::there);
            assertThat(keys(compose.path("configs")))
                    .containsAll(service.path("configs").findValuesAsText("source"));
            if (service.path("build").isTextual()) {
                assertThat(there(service.path("build").asText() + "/Dockerfile"))
                        .isTrue();
            }
        });
        assertThat(Path.of(procmon.at("/build/dockerfile").asText())).exists();
    }

    @Test
    void procmon_hasTwoCapabilitiesAndNoMore() {
        assertThat(texts(procmon.path("cap_drop"))).containsExactly("ALL");
        assertThat(texts(procmon.path("cap_add"))).containsExactly("BPF", "PERFMON");
        assertThat(procmon.path("read_only").asBoolean()).isTrue();
        assertThat(procmon.has("privileged")).isFalse();
    }

    @Test
    void everySetting_isDocumented() {
        assertThat(keys(procmon.path("environment"))).isNotEmpty().isSubsetOf(DocumentTables.variables());
        assertThat(keys(compose.at("/services/class/environment"))).isNotEmpty().isSubsetOf(DocumentTables.variables());
    }

    @Test
    void classService_hasNoCapability() {
        JsonNode service = compose.at("/services/class");

        assertThat(texts(service.path("cap_drop"))).containsExactly("ALL");
        assertThat(service.has("cap_add")).isFalse();
        assertThat(service.path("read_only").asBoolean()).isTrue();
        assertThat(texts(service.path("entrypoint"))).endsWith("io.procmon.Main", "class");
    }

    @Test
    void seccompProfile_letsNothingThroughThatItDoesNotName() {
        JsonNode profile = Manifests.read("seccomp.json");

        assertThat(profile.path("defaultAction").asText()).isEqualTo("SCMP_ACT_ERRNO");
        assertThat(profile.path("syscalls").valueStream().flatMap(rule -> texts(rule.path("names"))))
                .contains("bpf", "execve", "mmap")
                .doesNotContain(
                        "ptrace", "mount", "process_vm_readv", "perf_event_open", "init_module", "unshare", "setns")
                .doesNotHaveDuplicates();
    }

    private static boolean there(String file) {
        return Manifests.HOME.resolve(file).toFile().exists();
    }

    private static Set<String> keys(JsonNode object) {
        Set<String> keys = new HashSet<>();
        object.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static Stream<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText);
    }
}
