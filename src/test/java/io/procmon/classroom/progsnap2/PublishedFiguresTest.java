package io.procmon.classroom.progsnap2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The figures that Švábenský et al. published for a CS1 course (ITiCSE 2024, arXiv 2404.05988), computed again from
 * their raw logs. The logs are not part of the project: the test reads them from the directory that the system property
 * {@code procmon.error-measures} names, by default {@code ../shared/error-measures}, and is skipped if the directory
 * does not exist.
 *
 * <p>All published figures of homework 03 are reproduced. Over all homeworks of that course, four published Repeated
 * Error Densities differ from the definition; the failure of a test names each student whose figure differs.
 */
class PublishedFiguresTest {

    private static final Path FIXTURES =
            Path.of(System.getProperty("procmon.error-measures", "../shared/error-measures"));
    private static final String SNAPSHOTS = "-complete_snapshots.csv.xz";
    private static final double ROUNDING = 1e-9;

    @TempDir
    Path directory;

    @TestFactory
    Stream<DynamicTest> errorQuotients_areThoseThatWerePublished() throws IOException {
        return homeworks()
                .map(homework -> DynamicTest.dynamicTest(
                        homework,
                        () -> compare(
                                published("EQ", homework, ','),
                                ErrorType.FIRST_LINE,
                                homework,
                                each -> each.errorQuotient())));
    }

    @TestFactory
    Stream<DynamicTest> repeatedErrorDensities_areThoseThatWerePublished() throws IOException {
        return homeworks()
                .map(homework -> DynamicTest.dynamicTest(
                        homework,
                        () -> compare(
                                published("RED", homework, ';'),
                                ErrorType.MESSAGE,
                                homework,
                                each -> each.repeatedErrorDensity())));
    }

    private static Stream<String> homeworks() throws IOException {
        assumeTrue(Files.isDirectory(FIXTURES), () -> "there is no directory " + FIXTURES);
        try (Stream<Path> files = Files.list(FIXTURES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SNAPSHOTS))
                    .map(name -> name.substring(0, name.length() - SNAPSHOTS.length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static Map<String, Double> published(String measure, String homework, char delimiter) throws IOException {
        byte[] text = Files.readAllBytes(FIXTURES.resolve("%s-%s.csv".formatted(measure, homework)));
        Map<String, Double> figures = new TreeMap<>();
        rows(text, delimiter).forEach(row -> figures.put(row.get(0), Double.valueOf(row.get(1))));
        return figures;
    }

    private void compare(
            Map<String, Double> published,
            ErrorType type,
            String homework,
            Function<SessionMeasures, OptionalDouble> measure)
            throws Exception {
        convert(homework);
        Map<String, Double> computed = new TreeMap<>();
        ErrorAnalysis.of(directory, type)
                .sessions()
                .forEach(session -> measure.apply(session).ifPresent(value -> computed.put(session.subject(), value)));

        Set<String> differing = new HashSet<>();
        published.forEach((student, figure) -> {
            if (Math.abs(computed.getOrDefault(student, Double.NaN) - figure) <= ROUNDING) {
                return;
            }
            differing.add("%s: published %s, computed %s".formatted(student, figure, computed.get(student)));
        });
        assertThat(published).isNotEmpty();
        assertThat(differing).isEmpty();
    }

    /** Writes the raw logs as a data set. The errors come first, to prove that the reader finds their compilations. */
    private void convert(String homework) throws Exception {
        Map<String, String> compilations = new HashMap<>();
        List<List<String>> table = new ArrayList<>();
        List<List<String>> snapshots = rows(unpacked(homework + SNAPSHOTS), ';');
        for (List<String> snapshot : snapshots) {
            compilations.put(snapshot.get(0) + snapshot.get(1), "c" + compilations.size());
        }
        Set<String> failed = new HashSet<>();
        for (List<String> error : rows(unpacked(homework + "-compiler-errors.csv.xz"), ';')) {
            String time = error.get(1).replace('_', ':');
            String parent = compilations.get(error.get(0) + time);
            failed.add(parent);
            table.add(List.of(
                    "Compile.Error",
                    "e" + table.size(),
                    error.get(0),
                    homework,
                    time,
                    error.get(2),
                    "",
                    parent,
                    "javac",
                    error.get(4),
                    "Text:" + error.get(3)));
        }
        for (List<String> snapshot : snapshots) {
            String id = compilations.get(snapshot.get(0) + snapshot.get(1));
            table.add(List.of(
                    "Compile",
                    id,
                    snapshot.get(0),
                    homework,
                    snapshot.get(1),
                    "",
                    failed.contains(id) ? "Error" : "Success",
                    "",
                    "",
                    "",
                    ""));
        }
        DatasetFiles.metadata(directory, "None", "");
        try (Writer out = Files.newBufferedWriter(directory.resolve("MainTable.csv"))) {
            out.write("EventType,EventID,SubjectID,AssignmentID,ClientTimestamp,CodeStateSection,CompileResult,"
                    + "ParentEventID,CompileMessageType,CompileMessageData,SourceLocation\n");
            for (List<String> row : table) {
                out.write(Csv.line(row));
            }
        }
    }

    private static byte[] unpacked(String name) throws Exception {
        Process xz = new ProcessBuilder("xz", "-dc", FIXTURES.resolve(name).toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] text = xz.getInputStream().readAllBytes();
        assertThat(xz.waitFor()).isZero();
        return text;
    }

    /** The rows after the header of a Latin-1 table whose quotation marks are doubled within cells. */
    private static List<List<String>> rows(byte[] text, char delimiter) {
        List<List<String>> rows = new ArrayList<>();
        List<String> row = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        String table = new String(text, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < table.length(); i++) {
            char c = table.charAt(i);
            if (c == '"' && quoted && i + 1 < table.length() && table.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (quoted || (c != delimiter && c != '\n')) {
                cell.append(c);
            } else {
                row.add(cell.toString());
                cell.setLength(0);
                if (c == '\n') {
                    rows.add(List.copyOf(row));
                    row.clear();
                }
            }
        }
        return rows.subList(1, rows.size());
    }
}
