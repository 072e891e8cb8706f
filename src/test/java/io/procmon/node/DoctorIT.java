package io.procmon.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.Prerequisites;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs the doctor on this machine, with different privileges. */
class DoctorIT {

    private static final int UNKNOWN_PORT = 1;
    private static final int NO_PERMISSION = 77;
    private static final ObjectMapper JSON = new ObjectMapper();

    @BeforeEach
    void needsRootAndBtf() {
        Prerequisites.rootAndBtf();
    }

    @Test
    void nobodyWithTwoCapabilities_watchesRealProcesses() throws Exception {
        Artefact.Run run = Artefact.runAsNobody(",+bpf,+perfmon", Map.of(), "doctor", "--json");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(verdict(run, "capabilities")).isEqualTo("ok");
        assertThat(observation(run, "capabilities")).isEqualTo("CAP_BPF, CAP_PERFMON");
        assertThat(verdict(run, "self-test")).isEqualTo("ok");
    }

    @Test
    void nobodyWithoutCapabilities_isToldWhichAreMissing() throws Exception {
        Artefact.Run run = Artefact.runAsNobody("", Map.of(), "doctor", "--json");

        assertThat(run.status()).as(run.toString()).isEqualTo(NO_PERMISSION);
        assertThat(verdict(run, "capabilities")).isEqualTo("missing");
        assertThat(observation(run, "capabilities")).isEqualTo("lacks CAP_BPF and CAP_PERFMON");
        assertThat(verdict(run, "self-test")).isEqualTo("missing");
    }

    @Test
    void healthyNode_getsALinePerFinding_andStatusZero() {
        Artefact.Run run = Artefact.run(Map.of(), "doctor");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(run.errors()).isEmpty();
        assertThat(run.output().lines())
                .extracting(line -> line.split(" +", 3)[1])
                .containsExactly(
                        "kernel",
                        "configuration",
                        "btf",
                        "lockdown",
                        "lsm",
                        "capabilities",
                        "cgroup",
                        "memory",
                        "mounts",
                        "backend",
                        "self-test",
                        "diagnostics",
                        "crashes");
    }

    @Test
    void backendThatIsAway_isADegradation() throws Exception {
        Artefact.Run run = Artefact.run(Map.of("API_ENDPOINT", "http://127.0.0.1:" + UNKNOWN_PORT), "doctor", "--json");

        assertThat(run.status()).as(run.toString()).isZero();
        assertThat(verdict(run, "backend")).isEqualTo("degraded");
        assertThat(report(run).path("verdict").asText()).isEqualTo("degraded");
    }

    @Test
    void itOpensNoPort_soItRunsBesideTheService() throws Exception {
        try (ServerSocket service = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            String taken = Integer.toString(service.getLocalPort());

            Artefact.Run run =
                    Artefact.run(Map.of("PROMETHEUS_PORT", taken, "QUARKUS_HTTP_PORT", taken), "doctor", "--json");

            assertThat(run.status()).as(run.toString()).isZero();
        }
    }

    private static String verdict(Artefact.Run run, String subject) throws IOException {
        return finding(run, subject).path("verdict").asText();
    }

    private static String observation(Artefact.Run run, String subject) throws IOException {
        return finding(run, subject).path("observation").asText();
    }

    private static JsonNode finding(Artefact.Run run, String subject) throws IOException {
        for (JsonNode finding : report(run).path("findings")) {
            if (finding.path("subject").asText().equals(subject)) {
                return finding;
            }
        }
        throw new AssertionError("no finding about " + subject + ": " + run);
    }

    private static JsonNode report(Artefact.Run run) throws IOException {
        return JSON.readTree(run.output());
    }
}
