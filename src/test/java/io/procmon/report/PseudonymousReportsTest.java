package io.procmon.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.Classroom;
import io.procmon.Schemas;
import io.procmon.classroom.course.Check;
import io.procmon.events.Activity;
import io.procmon.events.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effect of a pseudonym key on an activity. */
class PseudonymousReportsTest {

    /** The members that may contain the student's id. */
    private static final Set<String> PERSONAL = Set.of(
            "arguments",
            "binary_path",
            "checks",
            "cmdline",
            "cwd",
            "executed_as",
            "hostname",
            "inputs",
            "libraries",
            "output_path",
            "outputs",
            "source_files",
            "sources",
            "target_path",
            "unread_argument_files",
            "wrapper");

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path directory;

    private final Reports plain = new Reports(JSON, Classroom.config(Map.of()));
    private Reports pseudonymous;

    @BeforeEach
    void writeKey() throws IOException {
        Path key = Files.writeString(directory.resolve("key"), "a key of a course, long enough");
        pseudonymous =
                new Reports(JSON, Classroom.config(Map.of("procmon.privacy.pseudonym-key-file", key.toString())));
    }

    /** An id such as 12 also occurs in hashes, times and numbers, where it must stay. */
    @ParameterizedTest
    @ValueSource(strings = {"12", "202012180"})
    void id_isReplacedInNamesOnly(String id) {
        FullActivities activities = new FullActivities(id);
        for (Activity activity : List.of(activities.build(), activities.run())) {
            List<Check> checks = List.of(new Check("file %s.c".formatted(id), false, "%s.c is missing".formatted(id)));
            Report before = plain.of(activity, checks);
            Report after = pseudonymous.of(activity, checks);
            String pseudonym = after.student().id();

            assertThat(pseudonym).isNotEqualTo(id);
            assertThat(Schemas.parse(before.activity()).get("hostname_claimed").asText())
                    .isEqualTo("jcode-os-1-99");
            assertThat(Schemas.parse(after.activity()).get("hostname_claimed").asText())
                    .isEqualTo("***");
            Schemas.parse(before.activity()).properties().stream()
                    .filter(member -> !member.getKey().equals("hostname_claimed"))
                    .forEach(
                            member -> assertThat(Schemas.parse(after.activity()).get(member.getKey()))
                                    .as(member.getKey())
                                    .isEqualTo(
                                            PERSONAL.contains(member.getKey())
                                                    ? renamed(member.getValue(), id, pseudonym)
                                                    : member.getValue()));
        }
    }

    private static JsonNode renamed(JsonNode value, String id, String pseudonym) {
        JsonNode renamed = Schemas.parse(value.toString()
                .replaceAll("(?<![0-9])" + id + "(?![0-9])", pseudonym)
                .replace("c" + pseudonym + "\"}", "c" + id + "\"}"));
        assertThat(renamed).isNotEqualTo(value);
        return renamed;
    }
}
