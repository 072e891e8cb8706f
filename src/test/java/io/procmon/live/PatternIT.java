package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A backend that wants to know of patterns, behind the activities that show them. */
@Live
class PatternIT {

    @Test
    void crashLoop_isToldAsItIsFound_andAsItHasEnded(Lab lab) {
        PostOffice office = PostOffice.opened();
        lab.keep(office);
        String prefix = lab.ownPrefix();
        Service procmon = lab.keep(lab.procmon(
                prefix,
                lab.receiver(),
                Map.of(
                        "API_ENDPOINT", office.address().toString(),
                        "PROCMON_API_DIALECT", "generic",
                        "PROCMON_WORKFLOW_REPORT", "true")));
        StudentContainer student = lab.container(prefix + "os-1-7")
                .install("hw1/main", lab.programs().ends());

        for (int i = 0; i < 4; i++) {
            student.run("hw1", "./main", "crash");
        }
        student.run("hw1", "./main", "exit", "0");
        Await.until("it has been told that it is over", () -> patterns(office).size() == 2);

        assertThat(patterns(office))
                .extracting(letter -> "%s %s %s %s %s %d %s"
                        .formatted(
                                letter.activity().required("process_type").textValue(),
                                letter.activity().required("class_div").textValue(),
                                letter.activity().required("student_id").textValue(),
                                letter.activity().required("homework_dir").textValue(),
                                letter.activity().required("state").textValue(),
                                letter.activity().required("activities").intValue(),
                                letter.activity().required("ongoing").booleanValue()))
                .containsExactly("crash-loop os-1 7 hw1 working 3 true", "crash-loop os-1 7 hw1 ran 4 false");
        assertThat(patterns(office))
                .allSatisfy(letter -> assertThat(letter.key()).isEqualTo(letter.id()));
        procmon.metricsWhere("the books balance", it -> it.allDecided() && it.complete());
    }

    private static List<PostOffice.Letter> patterns(PostOffice office) {
        return office.letters().stream()
                .filter(letter -> Optional.ofNullable(letter.activity().get("kind"))
                        .filter(kind -> kind.textValue().equals("pattern"))
                        .isPresent())
                .toList();
    }
}
