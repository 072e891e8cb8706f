package io.procmon.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.bpf.Loss;
import io.procmon.classroom.workflow.State;
import io.procmon.events.Truncation;
import io.procmon.handlers.Reason;
import io.procmon.spool.DeliveryFailure;
import io.procmon.spool.GivenUp;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents list the names that metrics, alerts and events have. */
class DocumentedNamesTest {

    @Test
    void operate_listsTheAlerts() {
        assertThat(DocumentTables.names("operate.md", "## Alerts"))
                .hasSameElementsAs(Manifests.read("prometheus/alerts.yml").findValuesAsText("alert"));
    }

    @Test
    void operate_listsTheReasonsAndTheLosses() {
        Stream<String> reasons = Arrays.stream(Reason.class.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Reason.class)
                .map(DocumentedNamesTest::label);
        Stream<String> losses = Arrays.stream(Loss.values()).map(Loss::label);

        assertThat(DocumentTables.names("operate.md", "### Where did my event go?"))
                .hasSameElementsAs(Stream.concat(reasons, losses).toList());
    }

    @Test
    void operate_namesTheCausesOfRetriesAndOfDrops() {
        assertThat(DocumentTables.quoted("operate.md", "procmon_delivery_retries_total{cause}"))
                .containsExactlyElementsOf(Arrays.stream(DeliveryFailure.values())
                        .map(DeliveryFailure::label)
                        .toList());
        assertThat(DocumentTables.quoted("operate.md", "procmon_activities_given_up_total{reason}"))
                .containsExactlyElementsOf(
                        Arrays.stream(GivenUp.values()).map(GivenUp::label).toList());
    }

    @Test
    void documents_startTheJarWithItsOptions() throws IOException {
        List<Path> documents = new ArrayList<>(List.of(Path.of("README.md")));
        for (Path directory : List.of(Path.of("src/site"), Manifests.HOME)) {
            try (Stream<Path> files = Files.walk(directory)) {
                files.filter(file -> file.toString().matches(".*\\.(md|conf|service|yaml|yml)"))
                        .forEach(documents::add);
            }
        }

        List<String> commands = new ArrayList<>();
        for (Path document : documents) {
            Files.readAllLines(document).stream()
                    .filter(line -> line.matches(".*\\bjava\\b.* -jar .*quarkus-run\\.jar.*"))
                    .forEach(commands::add);
        }

        assertThat(commands).isNotEmpty().allMatch(command -> command.matches(".*java @\\S*jvm\\.options -jar .*"));
    }

    @Test
    void backend_namesWhatCanBeTruncated() {
        List<String> names = Arrays.stream(Truncation.values())
                .map(it -> it.name().toLowerCase(Locale.ROOT))
                .toList();

        assertThat(DocumentTables.quoted("backend.md", "truncated")).containsExactlyElementsOf(names);
    }

    @Test
    void classes_listsTheStates() {
        assertThat(DocumentTables.names("classes.md", "## States"))
                .containsExactlyElementsOf(
                        Arrays.stream(State.values()).map(State::label).toList());
    }

    private static String label(Field constant) {
        try {
            return ((Reason) constant.get(null)).label();
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }
}
