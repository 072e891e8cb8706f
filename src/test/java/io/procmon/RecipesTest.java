package io.procmon;

import static io.procmon.Classroom.exec;
import static io.procmon.Classroom.exit;
import static io.procmon.Classroom.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.procmon.api.ActivityBody;
import io.procmon.api.Backend;
import io.procmon.api.Courier;
import io.procmon.api.Reports;
import io.procmon.config.ProcmonConfig;
import io.procmon.events.Activity;
import io.procmon.events.ImageKey;
import io.procmon.logbook.ClassRegister;
import io.procmon.metrics.Books;
import io.procmon.spool.Spool;
import io.procmon.spool.SpoolOptions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whoever does what README says under "Extending" gets what it promises: its own blocks are what is used here. */
@QuarkusTest
@TestProfile(RecipesTest.AsTheReadmeSays.class)
class RecipesTest {

    private static final String HEADING = "Extending";

    /** The configuration, the tool's file and the two classes of the recipes. */
    public static final class AsTheReadmeSays implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            List<String> blocks = ReadmeBlocks.blocks(HEADING, "properties");
            Map<String, String> overrides = new HashMap<>(Map.of(
                    "quarkus.http.test-port", "0",
                    "quarkus.management.test-port", "0",
                    "procmon.source", "replay",
                    "quarkus.arc.exclude-types", "nothing.at.all"));
            overrides.putAll(ReadmeBlocks.properties(blocks.get(0), ""));
            overrides.putAll(ReadmeBlocks.properties(blocks.get(1), "procmon.tools.awk."));
            return overrides;
        }
    }

    @Inject
    HandlerChain chain;

    @Inject
    ProcmonConfig config;

    @Inject
    Backend backend;

    @Inject
    Reports reports;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void classesOfTheReadme_areThoseThatRunHere() throws IOException {
        assertThat(ReadmeBlocks.blocks(HEADING, "java")).containsExactly(recipe("AwkParser"), recipe("SandboxHandler"));
    }

    @Test
    void compilerOfAKnownKind_needsConfigurationOnly() {
        assertThat(activities("/usr/local/bin/tcc", "tcc", "-Wall", "-o", "main", "main.c"))
                .singleElement()
                .satisfies(activity -> {
                    assertThat(activity).isInstanceOf(Activity.Build.class);
                    assertThat(ActivityBody.of(activity, List.of()).type()).isEqualTo("TCC");
                    assertThat(activity.target()).isEqualTo(Classroom.HW1.resolve("main.c"));
                });
    }

    @Test
    void language_needsAFileAndAClass() {
        assertThat(activities("/usr/bin/gawk", "awk", "-f", "count.awk", "notes"))
                .singleElement()
                .satisfies(activity -> {
                    assertThat(ActivityBody.of(activity, List.of()).type()).isEqualTo("AWK");
                    assertThat(ActivityBody.of(activity, List.of()).processType())
                            .isEqualTo("awk");
                    assertThat(activity.target()).isEqualTo(Classroom.HW1.resolve("count.awk"));
                });
        assertThat(activities("/usr/bin/gawk", "awk", "{ print }", "notes")).isEmpty();
    }

    @Test
    void handler_stopsWhatItDoesNotWant_andItsReasonIsCounted() {
        assertThat(activities("/home/coder/project/hw1/main", "./main")).hasSize(1);
        assertThat(activities("/home/coder/project/hw0/main", "./main")).isEmpty();

        assertThat(new Ledger(registry).stopped()).containsEntry("sandbox", 1L);
    }

    private List<Activity> activities(String executable, String... argv) {
        ImageKey image = image(7, 1);
        try (Spool spool = new Spool(
                new SpoolOptions(Optional.empty(), 0, Duration.ofDays(1), 16 << 20, 1_000_000), Clock.systemUTC())) {
            spool.open();
            Pipeline pipeline = new Pipeline(
                    chain,
                    reports,
                    spool,
                    new Courier(config, backend, spool),
                    new Books(registry),
                    new ClassRegister(config),
                    config);
            return pipeline.kept(new ListSource(
                            Stream.of(exec(Classroom.HOSTNAME, image, executable, argv), exit(image, 0))))
                    .subscribe()
                    .withSubscriber(AssertSubscriber.<Activity>create(Long.MAX_VALUE))
                    .awaitCompletion(Duration.ofSeconds(60))
                    .getItems();
        }
    }

    private static String recipe(String name) throws IOException {
        return Files.readString(Path.of("src/test/java/io/procmon/recipes", name + ".java"));
    }
}
