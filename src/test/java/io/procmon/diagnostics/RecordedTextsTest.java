package io.procmon.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Recorded messages of tools, with the same messages in their machine format: {@code record.py} recorded both. Kotlin
 * is not installed, so its texts are from the tests and the documentation of its compiler; go, ruby, R and the runs of
 * programs have no machine format.
 */
class RecordedTextsTest {

    private static final int MISTAKES = 25;
    private static final String MACHINE = "--- machine\n";

    /** Messages whose text has less than the machine format. */
    private static final Set<String> WITHOUT_MESSAGE =
            Set.of("gcc-de", "gcc-fr", "gcc-ja", "gcc-ko", "gcc-zh", "javac", "ghc", "rustc-short");

    private record Recording(String text, List<String> machine) {}

    @ParameterizedTest
    @CsvSource({
        "gcc, build c",
        "gpp, build c++",
        "clang, build c",
        "clangpp, build c++",
        "gcc-de, build c",
        "gcc-fr, build c",
        "gcc-ja, build c",
        "gcc-ko, build c",
        "gcc-zh, build c",
        "javac, build java",
        "rustc, build rust",
        "rustc-short, build rust",
        "ghc, build haskell",
        "kotlinc, build kotlin",
        "python3.8, run python",
        "python3.11, run python",
        "python3.13, run python",
        "node, run node",
        "java, run java",
        "perl, run perl"
    })
    void text_saysWhatTheMachineFormatSays(String family, String command) throws IOException {
        Map<String, Recording> recordings = recordings(family);

        assertThat(recordings).hasSizeGreaterThanOrEqualTo(MISTAKES);
        for (Map.Entry<String, Recording> each : recordings.entrySet()) {
            List<Diagnostic> read = read(command, each.getValue().text());
            List<String> machine = each.getValue().machine();
            if (family.equals("node") || family.equals("perl")) {
                assertThat(read).as(each.getKey()).hasSizeGreaterThanOrEqualTo(machine.size());
            } else {
                assertThat(read).as(each.getKey()).hasSameSizeAs(machine);
            }
            for (int i = 0; i < machine.size(); i++) {
                compare(family, each.getKey(), read.get(i), machine.get(i).split("\\|", 6));
            }
        }
    }

    private static void compare(String family, String name, Diagnostic read, String[] machine) {
        String where = family + " " + name + ": " + String.join("|", machine);
        assertThat(read.severity().label()).as(where).isEqualTo(machine[0]);
        if (!machine[1].startsWith("/usr/")) {
            if (!machine[1].isEmpty()) {
                assertThat(read.file()).as(where).contains(machine[1].replace("/home/coder/project/hw1/", ""));
                assertThat(read.line()).as(where).isEqualTo(number(machine[2]));
            }
            if (!machine[3].isEmpty()) {
                assertThat(read.column()).as(where).isEqualTo(number(machine[3]));
            }
        }
        if (machine[4].startsWith("-W") || machine[4].startsWith("E0")) {
            assertThat(read.code()).as(where).contains(machine[4]);
        }
        if (!WITHOUT_MESSAGE.contains(family) && machine.length > 5) {
            String said = family.startsWith("python") ? read.type().replaceFirst(":.*", "") + ": " : "";
            String message = said + read.message().orElseThrow();
            assertThat(machine[5] + '\n').as(where).startsWith(message.substring(0, Math.min(message.length(), 60)));
        }
    }

    private static OptionalInt number(String digits) {
        return OptionalInt.of(Integer.parseInt(digits));
    }

    @Test
    void type_isTheSameForOneMistake() throws IOException {
        List<String> types = new ArrayList<>();
        for (Map.Entry<String, String> each : Map.ofEntries(
                        Map.entry("gcc", "build c"),
                        Map.entry("gpp", "build c++"),
                        Map.entry("clang", "build c"),
                        Map.entry("clangpp", "build c++"),
                        Map.entry("javac", "build java"),
                        Map.entry("rustc", "build rust"),
                        Map.entry("go", "run go"),
                        Map.entry("ghc", "build haskell"),
                        Map.entry("kotlinc", "build kotlin"),
                        Map.entry("python3.8", "run python"),
                        Map.entry("python3.13", "run python"),
                        Map.entry("node", "run node"),
                        Map.entry("java", "run java"),
                        Map.entry("ruby", "run ruby"),
                        Map.entry("perl", "run perl"),
                        Map.entry("r", "run r"),
                        Map.entry("r-ko", "run r"),
                        Map.entry("native", "run binary"))
                .entrySet()) {
            recordings(each.getKey())
                    .forEach((name, recording) -> types.add(
                            each.getKey() + " | " + name + " | " + types(read(each.getValue(), recording.text()))));
        }

        assertThat(types)
                .containsExactlyInAnyOrderElementsOf(
                        resource("types.table").lines().toList());
    }

    private static String types(List<Diagnostic> read) {
        return String.join(
                " + ",
                read.stream()
                        .map(it -> (it.isError() ? "" : "(") + it.type() + (it.isError() ? "" : ")"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"gcc, clang", "gpp, clangpp"})
    void mistakeInBothCompilers_hasOneTypeMostly(String one, String other) throws IOException {
        Map<String, Recording> ours = recordings(one);
        Map<String, Recording> theirs = recordings(other);

        long same = ours.entrySet().stream()
                .filter(it -> !read("build c", it.getValue().text()).isEmpty())
                .filter(it -> read("build c", it.getValue().text()).stream()
                        .map(Diagnostic::type)
                        .anyMatch(type -> read(
                                        "build c", theirs.get(it.getKey()).text())
                                .stream()
                                .anyMatch(its -> its.type().equals(type))))
                .count();

        assertThat(same).isGreaterThanOrEqualTo(ours.size() * 8L / 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"r-de", "r-ko"})
    void textInAnotherLanguage_saysWhatTheEnglishOneSays(String family) throws IOException {
        Map<String, Recording> english = recordings("r");

        for (Map.Entry<String, Recording> each : recordings(family).entrySet()) {
            assertThat(read("run r", each.getValue().text()))
                    .as(family + " " + each.getKey())
                    .extracting(it -> it.severity().label() + it.file() + it.line())
                    .isEqualTo(read("run r", english.get(each.getKey()).text()).stream()
                            .map(it -> it.severity().label() + it.file() + it.line())
                            .toList());
        }
    }

    @Test
    void textCutAnywhere_isReadWithoutTrouble() throws IOException {
        for (String family :
                Stream.of("gcc", "gpp", "python3.13", "node", "java", "native").toList()) {
            for (Recording recording : recordings(family).values()) {
                byte[] text = recording.text().getBytes(UTF_8);
                int most = Texts.read("build", "c", text).errors();
                for (int cut = 0; cut < text.length; cut += 7) {
                    String head = new String(text, 0, cut, UTF_8);
                    assertThat(Texts.build("c", head).errors()).isLessThanOrEqualTo(most + 1);
                }
            }
        }
    }

    private static List<Diagnostic> read(String command, String text) {
        String[] kindAndLanguage = command.split(" ", 2);
        return Texts.read(kindAndLanguage[0], kindAndLanguage[1], text).list().stream()
                .filter(it -> !it.tool().equals("ld"))
                .toList();
    }

    private static Map<String, Recording> recordings(String family) throws IOException {
        Map<String, Recording> recordings = new LinkedHashMap<>();
        for (String part : resource(family + ".recorded").split("(?m)^=== ", -1)) {
            int end = part.indexOf('\n');
            if (end > 0) {
                String[] sides = part.substring(end + 1).split(MACHINE, 2);
                recordings.put(
                        part.substring(0, end),
                        new Recording(sides[0], sides[1].lines().toList()));
            }
        }
        return recordings;
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = RecordedTextsTest.class.getResourceAsStream("/diagnostics/" + name)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
