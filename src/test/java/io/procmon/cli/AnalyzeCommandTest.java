package io.procmon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class AnalyzeCommandTest {

    private static final String DATASET = """
            EventType,EventID,SubjectID,AssignmentID,ClientTimestamp,CompileResult,ParentEventID,CompileMessageData
            Compile,1,"학생, 1",hw1,2026-03-02T09:15:00Z,Error,,
            Compile.Error,2,"학생, 1",hw1,,,1,no ;
            Compile,3,"학생, 1",hw1,2026-03-02T09:16:00Z,Error,,
            Compile.Error,4,"학생, 1",hw1,,,3,no ;
            Compile,5,s2,hw1,2026-03-02T09:16:00Z,Success,,
            """;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final StringWriter said = new StringWriter();

    @Test
    void measures_areATableByDefault() throws IOException {
        dataset(DATASET);

        int status = run("progsnap2", directory.toString());

        assertThat(status).isZero();
        assertThat(said.toString()).isEmpty();
        assertThat(printed.toString(UTF_8)).isEqualTo("""
                SubjectID,AssignmentID,ErrorType,Compiles,FailedCompiles,ErrorQuotient,RepeatedErrorDensity,\
                WatwinScore,WatwinVariant
                s2,hw1,first-line,1,0,,0.0,,without code states
                "학생, 1",hw1,first-line,2,2,1.0,0.5,0.6571428571428571,without code states
                """);
    }

    @Test
    void measures_areJsonOnRequest() throws IOException {
        dataset(DATASET);

        int status = run("progsnap2", "--format=json", "--error-type=message", directory.toString());

        assertThat(status).isZero();
        JsonNode rows = new ObjectMapper().readTree(printed.toByteArray());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).toString())
                .isEqualTo("{\"SubjectID\":\"s2\",\"AssignmentID\":\"hw1\",\"ErrorType\":\"message\",\"Compiles\":1,"
                        + "\"FailedCompiles\":0,\"ErrorQuotient\":null,\"RepeatedErrorDensity\":0.0,"
                        + "\"WatwinScore\":null,\"WatwinVariant\":\"without code states\"}");
        assertThat(rows.get(1).get("ErrorQuotient").doubleValue()).isEqualTo(1.0);
    }

    @Test
    void course_isAColumnWhereTheDatasetHasIt() throws IOException {
        dataset("EventType,EventID,SubjectID,CourseID\nCompile,1,s1,os\n");

        assertThat(run("progsnap2", directory.toString())).isZero();

        assertThat(printed.toString(UTF_8))
                .startsWith("SubjectID,AssignmentID,CourseID,")
                .contains("\ns1,,os,");
    }

    @Test
    void badDataset_isNamedWithLineAndColumn_andNothingIsPrinted() throws IOException {
        dataset(DATASET.replace("Success", "Fine"));

        assertThat(run("progsnap2", directory.toString())).isEqualTo(65);

        assertThat(said.toString()).startsWith("procmon: MainTable.csv:6:");
        assertThat(printed.size()).isZero();
    }

    @Test
    void directoryWithoutADataset_isABadDataset() {
        assertThat(run("progsnap2", directory.toString())).isEqualTo(65);

        assertThat(said.toString()).contains("has no MainTable.csv");
    }

    @Test
    void directoryThatIsNotThere_isABadDataset() {
        assertThat(run("progsnap2", directory.resolve("nowhere").toString())).isEqualTo(65);

        assertThat(said.toString()).contains("nowhere is not a directory");
    }

    @Test
    void tableThatCannotBeRead_isAReadError() throws IOException {
        Files.createDirectory(directory.resolve("MainTable.csv"));

        assertThat(run("progsnap2", directory.toString())).isEqualTo(74);

        assertThat(said.toString()).contains("cannot be read");
    }

    @Test
    void wrongOption_isAUsageError() {
        assertThat(run("progsnap2", "--error-type", "line", directory.toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);

        assertThat(said.toString()).contains("--error-type is 'line'").contains("Usage: analyze progsnap2");
    }

    private void dataset(String table) throws IOException {
        Files.writeString(directory.resolve("MainTable.csv"), table);
        Files.writeString(directory.resolve("DatasetMetadata.csv"), "Property,Value\nVersion,1.0\n");
    }

    private int run(String... arguments) {
        return new CommandLine(new AnalyzeCommand(new PrintStream(printed, false, UTF_8)))
                .setErr(new PrintWriter(said))
                .execute(arguments);
    }
}
