package io.procmon.api.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReceivedActivitiesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void oldestActivities_makeRoomForNewOnes() {
        ReceivedActivities received = new ReceivedActivities(3, 1 << 20, JSON);

        IntStream.range(0, 5).forEach(number -> received.add(activity(number, "x")));

        assertThat(received.latest())
                .map(text -> JSON.readTree(text).path("number").asInt())
                .containsExactly(2, 3, 4);
    }

    @Test
    void largeActivities_areFewer() {
        ReceivedActivities received = new ReceivedActivities(1000, 100_000, JSON);

        IntStream.range(0, 50).forEach(number -> received.add(activity(number, "x".repeat(30_000))));

        assertThat(received.latest()).hasSize(3);
        received.add(activity(50, "x"));
        assertThat(received.latest()).hasSize(4);
        assertThat(new String(received.latest().getLast(), UTF_8)).isEqualTo("{\"number\":50,\"text\":\"x\"}");
    }

    @Test
    void activityThatIsLargerThanAll_isNotKept() {
        ReceivedActivities received = new ReceivedActivities(1000, 1000, JSON);

        received.add(activity(0, "x".repeat(1001)));

        assertThat(received.latest()).isEmpty();
    }

    @Test
    void manyLargeActivitiesOfOneStudent_eraseNobodyElse() {
        ReceivedActivities received = new ReceivedActivities(100, 1_000_000, JSON);
        for (int student = 0; student < 10; student++) {
            received.add(activity(student, "x").put("student_id", "20201218" + student));
        }

        IntStream.range(0, 1200)
                .forEach(number ->
                        received.add(activity(number, "x".repeat(30_000)).put("student_id", "999999999")));

        assertThat(received.latest())
                .hasSizeBetween(40, 50)
                .map(text -> JSON.readTree(text).path("student_id").asText())
                .startsWith("202012180", "202012181")
                .contains("202012189")
                .endsWith("999999999");
    }

    private static ObjectNode activity(int number, String text) {
        return JSON.createObjectNode().put("number", number).put("text", text);
    }
}
