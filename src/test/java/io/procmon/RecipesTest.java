package io.procmon;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.Activity;
import io.procmon.events.ExecRecord;
import io.procmon.events.Started;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import io.procmon.join.RunningImages;
import io.procmon.join.Step;
import io.procmon.stream.HandlerChain;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The recipes of extend.md work as they are printed. */
@QuarkusTest
@TestProfile(RecipesTest.Recipes.class)
class RecipesTest {

    private static final String DOCUMENT = "extend.md";

    /** The configuration, the tool's file and the two classes of the recipes. */
    public static final class Recipes implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            List<String> blocks = DocumentBlocks.blocks(DOCUMENT, "properties");
            Map<String, String> overrides = new HashMap<>(Map.of(
                    "quarkus.http.test-port", "0",
                    "quarkus.management.test-port", "0",
                    "procmon.source", "replay",
                    "quarkus.arc.exclude-types", "nothing.at.all"));
            overrides.putAll(DocumentBlocks.properties(blocks.get(0), ""));
            overrides.putAll(DocumentBlocks.properties(blocks.get(1), "procmon.tools.awk."));
            return overrides;
        }
    }

    @Inject
    HandlerChain chain;

    @Test
    void classesOfTheDocument_areThoseThatRunHere() throws IOException {
        assertThat(DocumentBlocks.blocks(DOCUMENT, "java"))
                .containsExactly(recipe("AwkParser"), recipe("SandboxHandler"));
    }

    @Test
    void compilerOfAKnownKind_needsConfigurationOnly() {
        assertThat(activities("/usr/local/bin/tcc", "tcc", "-Wall", "-o", "main", "main.c"))
                .singleElement()
                .satisfies(activity -> {
                    assertThat(activity).isInstanceOf(Activity.Build.class);
                    assertThat(typeOf(activity)).isEqualTo("TCC");
                    assertThat(activity.target()).isEqualTo(Classroom.HW1.resolve("main.c"));
                });
    }

    @Test
    void language_needsAFileAndAClass() {
        assertThat(activities("/usr/bin/gawk", "awk", "-f", "count.awk", "notes"))
                .singleElement()
                .satisfies(activity -> {
                    assertThat(typeOf(activity)).isEqualTo("AWK");
                    assertThat(activity.target()).isEqualTo(Classroom.HW1.resolve("count.awk"));
                });
        assertThat(activities("/usr/bin/gawk", "awk", "{ print }", "notes")).isEmpty();
    }

    @Test
    void handler_stopsWhatItDoesNotWant_andSaysWhy() {
        assertThat(activities("/home/coder/project/hw1/main", "./main")).hasSize(1);
        assertThat(outcome("/home/coder/project/hw0/main", "./main")).contains(Outcome.stop(new Reason("sandbox")));
    }

    @Test
    void handlerOfTheLowestPriority_isAskedFirst() {
        assertThat(outcome("/home/coder/project/hw20/main", "./main")).contains(Outcome.stop(new Reason("lowest")));
    }

    private List<Activity> activities(String executable, String... argv) {
        return outcome(executable, argv).flatMap(Outcome::proceeding).stream().toList();
    }

    /** The outcome for a program, from its exec to its exit. */
    private Optional<Outcome<Activity>> outcome(String executable, String... argv) {
        ExecRecord exec = Classroom.exec(7, executable, argv);
        Function<Step<ExecRecord>, Step<Started>> understand = Step.begin(chain.process())
                .andThen(Step.begin(chain.enrichment()))
                .andThen(Step.begin(chain.homework()));
        RunningImages running = new RunningImages((_, _) -> Optional.empty());
        running.take(understand.apply(new Step.Begin<>(exec, Outcome.proceed(exec))));
        return running.take(new Step.End<>(Classroom.exit(exec.image(), 0))).map(chain::activity);
    }

    private static String typeOf(Activity activity) {
        return activity.started().origin().type().label();
    }

    private static String recipe(String name) throws IOException {
        return Files.readString(Path.of("src/test/java/io/procmon/recipes", name + ".java"));
    }
}
