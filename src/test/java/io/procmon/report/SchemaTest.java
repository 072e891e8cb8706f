package io.procmon.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.Classroom;
import io.procmon.Schemas;
import io.procmon.classroom.course.Check;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.DiagnosticsLevel;
import io.procmon.events.Activity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the published JSON Schemas with the types that are sent. */
class SchemaTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    static List<String> names() {
        return Schemas.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void examples_areAsTheirSchemaSays(String name) {
        assertThat(Schemas.read(name).get("examples"))
                .isNotEmpty()
                .allSatisfy(
                        example -> assertThat(Schemas.problems(name, example)).isEmpty());
    }

    @Test
    void buildsAndRuns_haveAllFieldsOfAnActivity_andNoOthers() {
        Set<String> described = new TreeSet<>();
        for (String name : List.of("jcode-build.json", "jcode-run.json")) {
            Schemas.read(name).get("properties").fieldNames().forEachRemaining(described::add);
        }

        assertThat(described).containsExactlyInAnyOrderElementsOf(sent());
    }

    /** The members of a build and of runs with all fields. */
    private static Set<String> sent() {
        Reports reports = new Reports(JSON, Classroom.config(Map.of("procmon.diagnostics.level", "text")));
        FullActivities activities = new FullActivities("202012180");
        Set<String> names = new TreeSet<>();
        for (Activity activity : List.of(activities.build(), activities.run(), activities.unknownRun())) {
            String body = report(reports, activity, List.of(new Check("x", true, "why")));
            Schemas.parse(body).fieldNames().forEachRemaining(names::add);
        }
        return names;
    }

    @Test
    void activityOfWhichEverythingIsKnown_isAsItsSchemaSays() {
        Reports reports = new Reports(JSON, Classroom.config(Map.of("procmon.diagnostics.level", "text")));
        FullActivities activities = new FullActivities("202012180");
        List<Check> checks = List.of(new Check("x", true, "why"));

        assertThat(Schemas.problems("jcode-build.json", Schemas.parse(report(reports, activities.build(), checks))))
                .isEmpty();
        assertThat(Schemas.problems("jcode-run.json", Schemas.parse(report(reports, activities.run(), checks))))
                .isEmpty();
    }

    private static String report(Reports reports, Activity activity, List<Check> checks) {
        Diagnostics said = reports.diagnostics(activity, DiagnosticsLevel.TEXT);
        Diagnostics found = activity instanceof Activity.Run ? said.with(FullActivities.crash()) : said;
        return reports.of(activity, checks, DiagnosticsLevel.TEXT, found).activity();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp",
                "exit_code",
                "cmdline",
                "cwd",
                "binary_path",
                "target_path",
                "process_type",
                "event_id"
            })
    void fieldOfTheContract_isRequired(String field) {
        ObjectNode run = Schemas.read("jcode-run.json").get("examples").get(0).deepCopy();
        run.remove(field);

        assertThat(Schemas.problems("jcode-run.json", run)).isNotEmpty();
    }

    static Stream<Arguments> wrongValues() {
        return Stream.of(
                Arguments.of("exit_code", 256),
                Arguments.of("exit_code", -1),
                Arguments.of("signal", 0),
                Arguments.of("pid", "842"),
                Arguments.of("arguments", "./main"),
                Arguments.of("event_id", "42"),
                Arguments.of("timestamp", "yesterday"),
                Arguments.of("container_id", "short"));
    }

    @ParameterizedTest
    @MethodSource("wrongValues")
    void valueOfAnotherType_isFound(String field, Object value) {
        JsonNode example = Schemas.read("jcode-run.json").get("examples").get(0);
        ObjectNode run = example.deepCopy();
        if (value instanceof String text) {
            run.put(field, text);
        } else {
            run.put(field, (Integer) value);
        }

        assertThat(Schemas.problems("jcode-run.json", run)).isNotEmpty();
    }
}
