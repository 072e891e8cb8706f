package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A backend that receives patterns after the activities that show them. */
@Live
class PatternIT {

    private static final String LONG_SOURCE =
            """
            #include <stdio.h>

            int main(void)
            {
            """ + "\tputs(\"a line that somebody has written before\");\n".repeat(50) + "}\n";

    @Test
    void crashLoop_isToldAsItIsFound_andAsItHasEnded(Lab lab) {
        PostOffice office = lab.keep(PostOffice.opened());
        String prefix = lab.ownPrefix();
        Service procmon = procmonThatTells(office, prefix, Map.of(), lab);
        StudentContainer student = lab.container(prefix + "os-1-7")
                .install("hw1/main", lab.programs().ends());

        for (int i = 0; i < 4; i++) {
            student.run("hw1", "./main", "crash");
        }
        student.run("hw1", "./main", "exit", "0");
        Await.until("it has been told that it is over", () -> patterns(office).size() == 2);

        assertThat(patterns(office))
                .extracting(PatternIT::text)
                .containsExactly("crash-loop os-1 7 hw1 working 3 true", "crash-loop os-1 7 hw1 ran 4 false");
        assertThat(patterns(office))
                .allSatisfy(letter -> assertThat(letter.key()).isEqualTo(letter.id()));
        procmon.metricsWhere("the counts balance", it -> it.allDecided() && it.complete());
    }

    @Test
    void longSourceThatBuildsAtOnce_wasPasted(Lab lab) {
        PostOffice office = lab.keep(PostOffice.opened());
        String prefix = lab.ownPrefix();
        Service procmon = procmonThatTells(office, prefix, Map.of(), lab);
        StudentContainer pastes = lab.container(prefix + "os-1-7").write("hw1/main.c", LONG_SOURCE);
        StudentContainer writes =
                lab.container(prefix + "os-1-8").write("hw1/main.c", "int main(void) { return 0; }\n");

        writes.run("hw1", "gcc", "-o", "main", "main.c");
        pastes.run("hw1", "gcc", "-o", "main", "main.c");
        Await.until("it has been told", () -> !patterns(office).isEmpty());

        assertThat(patterns(office))
                .extracting(PatternIT::text)
                .containsExactly("paste-and-submit os-1 7 hw1 built 1 true");
        assertThat(json(procmon, "/api/workflow/attempts"))
                .extracting(attempt -> attempt.required("source_bytes").longValue())
                .containsExactly((long) LONG_SOURCE.length(), 29L);
        assertThat(json(procmon, "/api/workflow?student=8").get(0).required("patterns"))
                .isEmpty();
    }

    @Test
    void loop_isToldWhileItRuns_andOnceItIsStopped(Lab lab) throws IOException {
        PostOffice office = lab.keep(PostOffice.opened());
        String prefix = lab.ownPrefix();
        Service procmon = procmonThatTells(
                office,
                prefix,
                Map.of("PROCMON_WORKFLOW_INFINITE_LOOP_RUNNING", "1s", "PROCMON_WORKFLOW_INFINITE_LOOP_STOPPED", "1s"),
                lab);
        StudentContainer spins = lab.container(prefix + "os-1-7")
                .install("hw1/main", lab.programs().ends())
                .write("hw1/go", "");
        StudentContainer waits = lab.container(prefix + "os-1-8")
                .install("hw1/main", lab.programs().ends())
                .write("hw1/go", "");

        var waiting = waits.start("hw1", "./main", "when-gone", "go", "0");
        var spinning = spins.start("hw1", "./main", "spinning", "go", "2");
        Await.until("it has been told while it runs", () -> !patterns(office).isEmpty());

        assertThat(patterns(office))
                .extracting(PatternIT::text)
                .containsExactly("infinite-loop os-1 7 hw1 working 1 true");
        JsonNode loop = json(procmon, "/api/workflow?student=7").get(0);
        assertThat(loop.at("/patterns/infinite-loop/0/ongoing").booleanValue()).isTrue();
        assertThat(loop.at("/figures/longest_running/target").textValue()).isEqualTo("main");
        assertThat(loop.at("/figures/longest_running/cpu_ms").longValue()).isGreaterThanOrEqualTo(1_000);
        assertThat(json(procmon, "/api/workflow?student=8").get(0).required("patterns"))
                .isEmpty();

        Files.delete(spins.file("hw1/go"));
        assertThat(spinning.end().signal()).hasValue(2);
        Await.until("it has been told that it is over", () -> patterns(office).size() == 2);
        assertThat(text(patterns(office).getLast())).isEqualTo("infinite-loop os-1 7 hw1 working 1 false");
        Files.delete(waits.file("hw1/go"));
        waiting.end();
        procmon.metricsWhere("the counts balance", it -> it.allDecided() && it.complete());
        assertThat(patterns(office)).hasSize(2);
    }

    private static Service procmonThatTells(PostOffice office, String prefix, Map<String, String> thresholds, Lab lab) {
        Map<String, String> environment = new HashMap<>(thresholds);
        environment.put("API_ENDPOINT", office.address().toString());
        environment.put("PROCMON_API_DIALECT", "generic");
        environment.put("PROCMON_WORKFLOW_REPORT", "true");
        return lab.procmon(prefix, lab.receiver(), environment);
    }

    private static JsonNode json(Service procmon, String path) {
        try {
            return new ObjectMapper().readTree(procmon.get(path).body());
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(PostOffice.Letter letter) {
        JsonNode pattern = letter.activity();
        return "%s %s %s %s %s %d %s"
                .formatted(
                        pattern.required("process_type").textValue(),
                        pattern.required("class_div").textValue(),
                        pattern.required("student_id").textValue(),
                        pattern.required("homework_dir").textValue(),
                        pattern.required("state").textValue(),
                        pattern.required("activities").intValue(),
                        pattern.required("ongoing").booleanValue());
    }

    private static List<PostOffice.Letter> patterns(PostOffice office) {
        return office.letters().stream()
                .filter(letter -> Optional.ofNullable(letter.activity().get("kind"))
                        .filter(kind -> kind.textValue().equals("pattern"))
                        .isPresent())
                .toList();
    }
}
