package io.procmon.diagnostics;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Any text of a program has a defined result. The time and the memory are linear in the text. */
class BadTextTest {

    private static final List<String> COMMANDS = List.of(
            "build c",
            "build java",
            "build rust",
            "build go",
            "build haskell",
            "build kotlin",
            "run binary",
            "run python",
            "run node",
            "run ruby",
            "run perl",
            "run r");

    private static final String ERROR = "a.c:1:1: error: expected ';' before 'x'";

    private static Diagnostics read(String command, byte[] text) {
        String[] parts = command.split(" ", 2);
        return Texts.read(parts[0], parts[1], text);
    }

    @Property(tries = 100)
    void anyBytes_areReadWithoutTrouble(@ForAll @Size(max = 400) byte[] text) {
        for (String command : COMMANDS) {
            assertIsSound(read(command, text));
        }
    }

    @Property(tries = 100)
    void anyMixOfWhatToolsWrite_isReadWithoutTrouble(@ForAll("mixes") String text) {
        for (String command : COMMANDS) {
            assertIsSound(read(command, text.getBytes(ISO_8859_1)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"message\":", "[{\"message\": [", "{\"kind\": \"error\", \"children\": ["})
    void machineFormatOfAnyDepth_isReadWithoutTrouble(String opening) {
        assertThatCode(() -> read("build c", opening.repeat(4_000).getBytes(ISO_8859_1)))
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> mixes() {
        return Arbitraries.of(
                        "a.c:1:2: ",
                        "[{\"kind\": \"error\", \"message\": \"x\", \"children\": [",
                        "{\"level\":\"error\",\"message\":\"\\u00",
                        "\"rendered\":\"",
                        "}, ",
                        "      ",
                        "error: ",
                        "warning: ",
                        "Traceback (most recent call last):\n",
                        "  File \"a.py\", line 3, in f\n",
                        "NameError: x\n",
                        "thread 'main' panicked at a.rs:1:2:\n",
                        "    at f (a.js:1:2)\n",
                        "'",
                        "`",
                        "\"",
                        "(",
                        ":",
                        "^",
                        " at ",
                        " line 99999999999",
                        "[-Wx]",
                        "\n",
                        "\r",
                        "\u001b[31m",
                        "\u001b]8;;x\u0007",
                        "\u001b",
                        "\0",
                        "\u00ff\u00fe",
                        "In file included from ",
                        "During handling of the above exception, another exception occurred:\n",
                        "==1==ERROR: AddressSanitizer: x on y\n")
                .list()
                .ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    private static void assertIsSound(Diagnostics read) {
        assertThat(read.list().size()).isLessThanOrEqualTo(Diagnostics.MOST);
        assertThat(read.errors() + read.warnings())
                .isGreaterThanOrEqualTo(read.list().size());
        for (Diagnostic each : read.list()) {
            assertThat(each.type().length()).isLessThanOrEqualTo(2 * ErrorTypes.LENGTH);
            String shown = each.type()
                    + each.message().orElse("")
                    + each.file().orElse("")
                    + each.code().orElse("");
            assertThat(shown.chars().noneMatch(c -> c < ' ' && c != '\t')).isTrue();
            assertThat(each.file().orElse("")).doesNotStartWith("/").doesNotStartWith("..");
        }
    }

    @Test
    void tenThousandDiagnostics_areCountedAndTheFirstAreKept() {
        String text = (ERROR + "\n").repeat(10_000);

        Diagnostics read = read("build c", text.getBytes(ISO_8859_1));

        assertThat(read.list()).hasSize(Diagnostics.MOST);
        assertThat(read.errors()).isEqualTo(TextParts.BYTES / (ERROR.length() + 1));
    }

    @Test
    void errorAmongManyWarnings_isKept() {
        String text = "a.c:1:1: warning: unused\n".repeat(100) + ERROR + "\n";

        Diagnostics read = read("build c", text.getBytes(ISO_8859_1));

        assertThat(read.onlyErrors()).hasSize(1);
        assertThat(read.list()).hasSize(Diagnostics.MOST);
        assertThat(read.list().getLast().isError()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a", ":", "'", "\"", "`", "(", " ", ": ", "a:", "1:", "a.c:1:", " at ", "^", "/", "../", "\u00ab", "[",
                "\t"
            })
    void endlessLine_isReadInLinearTime(String part) {
        byte[] text = part.repeat(1_000_000 / part.length()).getBytes(ISO_8859_1);
        byte[] lines =
                (part.repeat(TextLines.LENGTH / part.length()) + "\n").repeat(4).getBytes(ISO_8859_1);

        assertThatCode(() -> read("build c", text)).doesNotThrowAnyException();
        for (String command : COMMANDS) {
            assertThat(read(command, lines).list().size()).isLessThanOrEqualTo(Diagnostics.MOST);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[2K\u001b[1A" + ERROR,
                "ok\u0008\u0008" + ERROR,
                "\u001b]0;title\u0007" + ERROR,
                "\u001b]8;;http://x",
                ERROR + "\u001b[6n",
                "\u001b(B" + ERROR,
                "\0" + ERROR
            })
    void lineWithOtherEscapeSequences_isNoDiagnostic(String line) {
        assertThat(read("build c", (line + "\n").getBytes(ISO_8859_1))).isEqualTo(Diagnostics.NONE);
    }

    @Test
    void linkAroundAnOption_isRemoved() {
        String text = "a.c:1:1: warning: unused [\u001b]8;;https://gcc.gnu.org/x\u001b\\-Wunused\u001b]8;;\u001b\\]\n";

        assertThat(read("build c", text.getBytes(ISO_8859_1)).list().getFirst().code())
                .contains("-Wunused");
    }

    @Test
    void invalidUtf8_isReplaced() {
        byte[] text = "a.c:1:1: error: bad \u00ff name\n".getBytes(ISO_8859_1);

        assertThat(read("build c", text).list().getFirst().message()).contains("bad \ufffd name");
    }

    @Test
    void lineNumberThatIsTooLong_isPartOfTheName() {
        Diagnostic error = read("build c", "a.c:99999999999:1: error: x\n".getBytes(ISO_8859_1))
                .list()
                .getFirst();

        assertThat(error.line()).hasValue(1);
        assertThat(error.file()).contains("a.c:99999999999");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd", "../hw2/a.c", "/home/coder/project/hw10/a.c", "hw/../../x.c", "<stdin>", "."})
    void fileOutsideOfTheHomework_isNotNamed(String file) {
        Diagnostics read = read("build c", (file + ":1:1: error: x\n").getBytes(ISO_8859_1));

        assertThat(read.errors()).isOne();
        assertThat(read.list().getFirst().file()).isEmpty();
    }

    @Test
    void runsOfPrograms_areNotReadAsBuilds() {
        String forged = Arrays.stream(
                        new String[] {ERROR, "Main.java:1: error: ';' expected", "error[E0308]: mismatched"})
                .collect(Collectors.joining("\n"));

        assertThat(read("run binary", forged.getBytes(ISO_8859_1))).isEqualTo(Diagnostics.NONE);
        assertThat(read("run python", forged.getBytes(ISO_8859_1))).isEqualTo(Diagnostics.NONE);
    }
}
