package io.procmon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.classroom.logbook.Logbook;
import io.procmon.classroom.logbook.LogbookOptions;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExportCommandTest {

    @TempDir
    Path directory;

    private final StringWriter said = new StringWriter();

    @Test
    void logbookOfAServiceThatDoesNotRun_becomesADataset() throws Exception {
        try (Logbook logbook = logbook()) {
            Story.of("0:00 build ok; 1:00 run ok")
                    .forEach(attempt -> logbook.enter(new Work(new Student("os", "1", "7"), "hw1"), attempt));
        }
        Path to = directory.resolve("dataset");

        int status = run("progsnap2", to.toString(), "--dir", directory.toString(), "--course", "os");

        assertThat(status).isZero();
        assertThat(Files.readAllLines(to.resolve("MainTable.csv"))).hasSize(1 + 4);
    }

    @Test
    void sessions_endWhereTheServiceEndsThem() throws Exception {
        try (Logbook logbook = logbook()) {
            Story.of("0:00 build ok; 5:00 run ok")
                    .forEach(attempt -> logbook.enter(new Work(new Student("os", "1", "7"), "hw1"), attempt));
        }

        assertThat(sessions("by-default")).isEqualTo(1);
        System.setProperty("procmon.workflow.idle", "4m");
        try {
            assertThat(sessions("as-configured")).isEqualTo(2);
        } finally {
            System.clearProperty("procmon.workflow.idle");
        }
    }

    @Test
    void logbookThatAServiceHas_isLeftAlone_andTheServiceNamed() throws Exception {
        try (Logbook _ = logbook()) {
            int status = run("progsnap2", directory.resolve("dataset").toString(), "--dir", directory.toString());

            assertThat(status).isNotZero();
            assertThat(said.toString()).contains("/api/export/progsnap2");
        }
    }

    @Test
    void directoryWithoutALogbook_isSaidToHaveNone() {
        int status = run("progsnap2", directory.resolve("dataset").toString(), "--dir", directory.toString());

        assertThat(status).isNotZero();
        assertThat(said.toString()).contains("there is no ").contains("workflow.mv");
    }

    private long sessions(String name) throws IOException {
        Path to = directory.resolve(name);
        assertThat(run("progsnap2", to.toString(), "--dir", directory.toString()))
                .isZero();
        return Files.readAllLines(to.resolve("MainTable.csv")).stream()
                .filter(line -> line.contains(",Session.Start,"))
                .count();
    }

    private Logbook logbook() {
        Logbook logbook =
                new Logbook(new LogbookOptions(Optional.of(directory), 100, 100, 100, Duration.ofSeconds(10)));
        logbook.open();
        return logbook;
    }

    private int run(String... arguments) {
        return new CommandLine(new ExportCommand())
                .setOut(new PrintWriter(said))
                .setErr(new PrintWriter(said))
                .execute(arguments);
    }
}
