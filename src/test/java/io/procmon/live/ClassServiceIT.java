package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.PostgresServer;
import io.procmon.Schemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Two nodes, and a class service that shows the students of both nodes. */
@Live
class ClassServiceIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TOKEN_1 = "the-token-of-lab-1";
    private static final String TOKEN_2 = "the-token-of-lab-2";

    /** Without any capability. */
    private static final List<String> UNPRIVILEGED =
            List.of("setpriv", "--inh-caps=-all", "--bounding-set=-all", "--no-new-privs");

    @Test
    void twoNodes_areOneClass_asEachShowsItsOwn(Lab lab) throws IOException {
        Path tokens = file(lab, "lab-1 %s%nlab-2 %s%n".formatted(TOKEN_1, TOKEN_2));
        Service school = lab.keep(Service.startClass(
                UNPRIVILEGED,
                lab.newDirectory().resolve("log"),
                Map.of("PROCMON_NODES_TOKEN_FILE", tokens.toString())));
        Node first = node(lab, school, "lab-1", TOKEN_1, Map.of());
        Node second = node(
                lab,
                school,
                "lab-2",
                TOKEN_2,
                Map.of("PROCMON_API_DIALECT", "cloudevents", "PROCMON_API_BATCH_SIZE", "20"));

        work(lab, first, "7");
        work(lab, second, "8");

        Await.until(
                "the class service has it all",
                () -> attempts(school, "").equals(attempts(first.procmon(), "") + attempts(second.procmon(), "")));
        assertThat(works(school, "")).hasSize(2);
        assertThat(works(school, "?student=7")).isEqualTo(works(first.procmon(), ""));
        assertThat(works(school, "?student=8")).isEqualTo(works(second.procmon(), ""));
        assertThat(school.metrics().of("procmon_intake_events_total", "result", "entered"))
                .isEqualTo(8);
        assertThat(school.maps()).doesNotContain("libbpf");
        assertThat(school.get("/api/activities").statusCode()).isEqualTo(404);
    }

    /**
     * On a network volume, size and time are the same on both nodes. The test copies the file with its modification
     * time.
     */
    @Test
    void programOfAnotherNode_leadsToItsBuild(Lab lab) throws IOException {
        Service school =
                lab.keep(Service.startClass(UNPRIVILEGED, lab.newDirectory().resolve("log"), Map.of()));
        Node first = node(lab, school, "lab-1", TOKEN_1, Map.of("PROCMON_CLASSROOM_ENABLED", "false"));
        Node second = node(lab, school, "lab-2", TOKEN_2, Map.of());
        StudentContainer there = Samples.in(lab.container(first.prefix() + "os-1-7"), lab.programs());
        StudentContainer here = lab.container(second.prefix() + "os-1-7").write("hw1/.keep", "");

        there.run("hw1", "gcc", "-o", "main", "main.c");
        Files.copy(there.file("hw1/main"), here.file("hw1/main"), StandardCopyOption.COPY_ATTRIBUTES);
        here.run("hw1", "./main");

        Await.until("the class service has both", () -> attempts(school).size() == 2);
        JsonNode run = attempts(school).get(1);
        assertThat(run.required("kind").asText()).isEqualTo("run");
        assertThat(run.required("node").asText()).isEqualTo("lab-2");
        assertThat(run.required("built_on").asText()).isEqualTo("lab-1");
        assertThat(run.required("built_by")).isEqualTo(attempts(school).get(0).required("event_id"));
        assertThat(attempts(second.procmon(), "")).doesNotContain("built_by");
        assertThat(Stream.of("/", "/page.js", "/api/workflow", "/api/class"))
                .as("the node without a page")
                .allMatch(path -> first.procmon().get(path).statusCode() == 404);
    }

    private static JsonNode attempts(Service service) {
        try {
            return JSON.readTree(service.get("/api/workflow/attempts").body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "procmon.artifact.postgres",
            matches = "compile",
            disabledReason = "built without the client of a database")
    void twoInstances_withOneDatabase_areOneClassService(Lab lab) throws Exception {
        PostgresServer database = lab.keep(PostgresServer.start());
        Map<String, String> environment = Map.of(
                "PROCMON_DATABASE_URL", database.newDatabase("class"),
                "PROCMON_DATABASE_USER", PostgresServer.USER,
                "PROCMON_DATABASE_PASSWORD_FILE", database.passwordFile().toString());
        Service first =
                lab.keep(Service.startClass(List.of(), lab.newDirectory().resolve("log"), environment));
        Service second =
                lab.keep(Service.startClass(List.of(), lab.newDirectory().resolve("log"), environment));
        List<JsonNode> events = Schemas.read("generic.json")
                .required("examples")
                .valueStream()
                .filter(event -> !event.required("kind").asText().equals("pattern"))
                .toList();

        assertThat(first.post("/api/events", events.toString())).isEqualTo(200);
        assertThat(second.post("/api/events", events.reversed().toString())).isEqualTo(200);
        database.down();
        assertThat(first.post("/api/events", events.toString())).isEqualTo(503);
        database.up();
        Await.until(
                "it takes activities again",
                () -> second.post("/api/events", events.getFirst().toString()) == 200);

        assertThat(works(first, "")).hasSize(1).isEqualTo(works(second, ""));
        assertThat(works(first, "").at("/0/figures/builds").asInt()).isEqualTo(1);
        assertThat(works(first, "").at("/0/figures/runs").asInt()).isEqualTo(1);
        assertThat(first.metrics().of("procmon_workflow_attempts")).isEqualTo(2);
    }

    @Test
    void mirrorLink_showsItsStudentEverything_andDeletesIt(Lab lab) throws IOException {
        Path key = file(lab, "a key of more than thirty-two bytes");
        Service school = lab.keep(Service.startClass(
                UNPRIVILEGED,
                lab.newDirectory().resolve("log"),
                Map.of(
                        "PROCMON_SPOOL_DIR", lab.newDirectory().toString(),
                        "PROCMON_MIRROR_KEY_FILE", key.toString(),
                        "PROCMON_MIRROR_DELETION", "true")));
        for (JsonNode event : Schemas.read("generic.json").required("examples")) {
            school.post("/api/events", event.toString());
            school.post("/api/events", event.toString().replace("202012180", "202012181"));
        }
        String link = mirrorLink(school, key, "30");

        assertThat(school.get(link).body())
                .contains("202012180", "SIGSEGV", "lab-7")
                .doesNotContain("202012181");
        JsonNode records = JSON.readTree(school.get(link + "/records").body());
        assertThat(records.at("/records")).hasSize(1);
        assertThat(records.at("/records/0/attempts")).hasSize(2);
        assertThat(records.at("/records/0/attempts/0/program_bytes").asInt()).isEqualTo(16_712);
        assertThat(school.get(mirrorLink(school, key, "0")).statusCode()).isEqualTo(404);
        assertThat(school.get(link.substring(0, link.length() - 1)).statusCode())
                .isEqualTo(404);

        assertThat(school.post(link + "/delete", "")).isEqualTo(200);

        for (JsonNode event : Schemas.read("generic.json").required("examples")) {
            assertThat(school.post("/api/events", event.toString()))
                    .as("a late delivery")
                    .isEqualTo(200);
        }
        assertThat(school.get(link + "/records").body()).isEqualTo("{\"records\":[],\"looks\":[]}");
        assertThat(school.metrics().of("procmon_intake_events_total", "result", "deleted"))
                .isEqualTo(2);
        assertThat(works(school, "")).hasSize(1).isEqualTo(works(school, "?student=202012181"));
        assertThat(school.log())
                .contains("deleted the record of 2 builds and runs")
                .doesNotContain("202012180");
    }

    /** The path of a link that the artefact prints for a student. */
    private static String mirrorLink(Service school, Path key, String days) {
        String printed = Service.output(
                "class",
                "mirror-link",
                "--key-file=" + key,
                "--course=os",
                "--section=1",
                "--student=202012180",
                "--days=" + days,
                "--address=" + school.address());
        String link = printed.strip().lines().toList().getLast();
        assertThat(link).startsWith(school.address() + "/mirror/");
        return link.substring(school.address().toString().length());
    }

    private record Node(String prefix, Service procmon) {}

    private static Node node(Lab lab, Service school, String name, String token, Map<String, String> more)
            throws IOException {
        String prefix = lab.ownPrefix();
        Map<String, String> environment = new HashMap<>(more);
        environment.put("API_ENDPOINT", school.address().toString());
        environment.put("PROCMON_NODE", name);
        environment.put("PROCMON_API_TOKEN_FILE", file(lab, token).toString());
        return new Node(prefix, lab.procmon(prefix, lab.receiver(), environment));
    }

    /** A failed build, a successful build, and two runs of its program: one succeeds, one crashes. */
    private static void work(Lab lab, Node node, String student) {
        StudentContainer container = Samples.in(lab.container(node.prefix() + "os-1-" + student), lab.programs())
                .write("hw1/main.c", "int main(void) { return 0 }");
        container.run("hw1", "gcc", "-o", "main", "main.c");
        container.write("hw1/main.c", "int main(void) { return 0; }").run("hw1", "gcc", "-o", "main", "main.c");
        container.run("hw1", "./main");
        container.run("hw1", "./ends", "kill", "11");
        Await.until(
                "the node has understood it all",
                () -> attempts(node.procmon(), "").contains("\"ends\""));
    }

    private static String attempts(Service service, String query) {
        return service.get("/api/workflow/attempts" + query)
                .body()
                .replace("[", "")
                .replace("]", "")
                .replace("},{", "}{");
    }

    private static JsonNode works(Service service, String query) throws JsonProcessingException {
        return JSON.readTree(service.get("/api/workflow" + query).body());
    }

    private static Path file(Lab lab, String content) throws IOException {
        return Files.writeString(lab.newDirectory().resolve("file"), content);
    }
}
