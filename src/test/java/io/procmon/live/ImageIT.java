package io.procmon.live;

import static io.procmon.live.StudentContainer.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.procmon.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The images that {@code docker/} describes, built and run: restricted as in {@code compose.yaml}, each watches a
 * student in another container. {@code ./dev} downloads the distribution on which they build.
 */
@Live
@Tag("images")
class ImageIT {

    private static final Path DISTRIBUTION = Path.of("target/debian.tar");
    private static final ObjectMapper JSON = new ObjectMapper();

    private static DockerEngine docker;

    /** All tests share one engine, so that an image is built once. */
    @BeforeAll
    static void startDocker(Lab lab) {
        Prerequisites.require(Files.exists(DISTRIBUTION), "there is no distribution in " + DISTRIBUTION);
        docker = DockerEngine.start(lab.newDirectory(), lab.programs());
        docker.importBase(DISTRIBUTION, "debian:trixie", "debian:trixie-slim");
    }

    @AfterAll
    static void stopDocker() {
        if (docker != null) {
            docker.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm"})
    void image_watchesAStudentInAnotherContainer(String kind, Lab lab) throws IOException {
        String image = docker.build("Dockerfile." + kind);
        String prefix = lab.ownPrefix();
        ProcmonContainer procmon = lab.keep(docker.startProcmon(image, restricted(prefix)));
        Await.until(
                "the image's check finds procmon healthy",
                () -> procmon.health().equals("healthy"));
        StudentContainer student = Samples.in(
                lab.keep(docker.withMountedProject(prefix + lab.nextStudent(), lab.newDirectory())), lab.programs());

        student.run("hw1", "gcc", "-o", "main", "main.c");
        student.run("hw1", "./main");

        Await.until("both activities arrive", () -> activities(procmon).size() >= 2);
        assertThat(activities(procmon))
                .extracting(
                        it -> it.path("type").asText(),
                        it -> it.path("target_path").asText(),
                        it -> it.path("container_id").asText())
                .containsExactly(
                        tuple("GCC", PROJECT + "/hw1/main.c", student.id()),
                        tuple("USER_BINARY", PROJECT + "/hw1/main", student.id()));
        assertThat(procmon.status())
                .contains("Uid:\t65532\t65532\t65532\t65532", "CapEff:\t000000c000000000", "Seccomp:\t2");
        assertThat(procmon.run("grep", "-E", " / ", "/proc/self/mounts")).contains(" ro,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"native", "jvm"})
    void image_saysWhatItIsAndWhatIsInIt(String kind, Lab lab) throws IOException {
        String image = docker.build("Dockerfile." + kind);

        JsonNode labels = JSON.readTree(docker.inspect(image, "{{json .Config.Labels}}"));
        assertThat(labels.path("org.opencontainers.image.title").asText()).isEqualTo("procmon");
        assertThat(labels.path("org.opencontainers.image.licenses").asText()).isEqualTo("MIT");
        assertThat(labels.has("org.opencontainers.image.version")).isTrue();
        Path bill = lab.newDirectory().resolve("sbom.json");
        String container = docker.docker("create", image);
        docker.docker("cp", container + ":/usr/share/doc/procmon/sbom.json", bill.toString());
        docker.remove(container);
        assertThat(JSON.readTree(bill.toFile()).path("bomFormat").asText()).isEqualTo("CycloneDX");
        assertThat(JSON.readTree(bill.toFile()).path("components").findValuesAsText("name"))
                .contains("quarkus-rest", "quarkus-rest-client-jackson");
    }

    @Test
    void nativeImage_isSmall() {
        String image = docker.build("Dockerfile.native");

        assertThat(Long.parseLong(docker.inspect(image, "{{.Size}}")))
                .as("bytes, uncompressed")
                .isLessThan(80_000_000);
    }

    /** The options of the compose file, without the capabilities, which the runtime gives, and without a network. */
    private static List<String> restricted(String prefix) throws IOException {
        JsonNode procmon = new ObjectMapper(new YAMLFactory())
                .readTree(Path.of("docker/compose.yaml").toFile())
                .at("/services/procmon");
        List<String> options = new ArrayList<>(List.of(
                "--network=none",
                "--env=PROCMON_HOSTNAME_PREFIX=" + prefix,
                "--env=PROCMON_SPOOL_DIR="
                        + procmon.at("/environment/PROCMON_SPOOL_DIR").asText(),
                "--pid=" + procmon.path("pid").asText(),
                "--read-only=" + procmon.path("read_only").asText()));
        procmon.path("cap_drop").forEach(it -> options.add("--cap-drop=" + it.asText()));
        procmon.path("tmpfs").forEach(it -> options.add("--tmpfs=" + it.asText()));
        procmon.path("security_opt")
                .forEach(it -> options.add("--security-opt=" + it.asText().replace("seccomp=", "seccomp=docker/")));
        return options;
    }

    /** The activities that the embedded receiver has stored. */
    private static List<JsonNode> activities(ProcmonContainer procmon) {
        try {
            return JSON.readTree(procmon.run("wget", "-q", "-O", "-", "http://127.0.0.1:9091/api/activities"))
                    .valueStream()
                    .toList();
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON", e);
        }
    }
}
