package io.procmon.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The texts are those of gcc 12.2 and rustc 1.95, without members that are not read. */
class MachineFormatTest {

    private static final String GCC = """
            [{"kind": "warning", "locations": [{"finish": {"line": 4, "file": "main.c", "column": 18}, "caret": \
            {"byte-column": 13, "line": 4, "file": "main.c", "column": 13}}], "option": "-Wint-conversion", \
            "children": [], "message": "initialization of ‘int’ from ‘char *’ makes integer from pointer"}, \
            {"kind": "error", "children": [{"kind": "note", "locations": [{"caret": {"line": 1, "file": "main.c", \
            "column": 1}}], "message": "declared here"}], "locations": [{"caret": {"line": 5, "file": "main.c", \
            "column": 5}}], "message": "expected ‘,’ or ‘;’ before \\u2018return\\u2019"}]
            """;

    private static final String RUSTC = """
            {"$message_type":"diagnostic","message":"borrow of moved value: `s`","code":{"code":"E0382",\
            "explanation":"A variable was used after\\nit was moved. %s"},"level":"error","spans":[{"file_name":"main.rs",\
            "line_start":1,"column_start":42,"is_primary":false},{"file_name":"main.rs","line_start":1,\
            "column_start":65,"is_primary":true}],"children":[],"rendered":"\\u001b[1m\\u001b[31merror[E0382]\\u001b[0m: \
            borrow of moved value: `s`\\n --> main.rs:1:65\\n"}
            {"$message_type":"diagnostic","message":"aborting due to 1 previous error","code":null,"level":"error",\
            "spans":[],"children":[],"rendered":"error: aborting due to 1 previous error\\n\\n"}
            {"$message_type":"artifact","artifact":"main","emit":"link"}
            """;

    @Test
    void jsonOfGcc_saysWhatItsTextSays() {
        assertThat(told(Texts.build("c", GCC)))
                .containsExactly("WARNING main.c:4:13 -Wint-conversion", "ERROR main.c:5:5 expected ';'");
    }

    /** gcc 12 writes the column -1 for a directive without an end. */
    @Test
    void jsonOfGccWithoutAColumn_hasTheLine() {
        String text = """
                [{"kind": "error", "locations": [{"caret": {"byte-column": -1, "display-column": -1, "line": 1, \
                "file": "main.c", "column": -1}}], "children": [], "message": "unterminated #ifdef"}]
                """;

        assertThat(told(Texts.build("c", text))).containsExactly("ERROR main.c:1:0 unterminated conditional directive");
    }

    @Test
    void jsonOfRustc_saysWhatItsTextSays() {
        assertThat(told(Texts.build("rust", RUSTC))).containsExactly("ERROR main.rs:1:65 E0382");
    }

    @Test
    void jsonOfRustcWithoutItsEnd_hasThePlaceOfThePrimarySpan() {
        String start = RUSTC.substring(0, RUSTC.indexOf("\"children\""));

        assertThat(told(Texts.build("rust", start))).containsExactly("ERROR main.rs:1:65 E0382");
    }

    @Test
    void jsonOfRustcWithAGap_isOneDiagnostic() {
        byte[] text = RUSTC.formatted("-".repeat(9_000)).getBytes(UTF_8);
        byte[] head = Arrays.copyOf(text, 4_096);
        byte[] tail = Arrays.copyOfRange(text, text.length - 500, text.length);

        Diagnostics read = Texts.read("build", "rust", head, tail);

        assertThat(told(read)).containsExactly("ERROR main.rs:1:65 E0382");
        assertThat(read.errors()).isOne();
    }

    @Test
    void jsonOfGccWithAGap_hasTheDiagnosticsThatAreComplete() {
        String element = GCC.substring(1, GCC.indexOf(", {\"kind\": \"error\""));
        String many = "[" + (element + ", ").repeat(40) + element + "]\n";
        byte[] text = many.getBytes(UTF_8);

        Diagnostics read = Texts.read(
                "build", "c", Arrays.copyOf(text, 4_096), Arrays.copyOfRange(text, text.length - 4_096, text.length));

        assertThat(read.warnings()).isBetween(2 * (4_096 / (element.length() + 4)) - 2, 40);
        assertThat(told(read)).containsOnly("WARNING main.c:4:13 -Wint-conversion");
    }

    /** gcc 14 and 15 write the members on lines of their own. */
    @Test
    void jsonOfGccOverSeveralLinesWithAGap_hasTheDiagnosticsThatAreComplete() {
        String element = """
                {"kind": "error",
                  "message": "‘retrun’ undeclared (first use in this function)",
                  "children": [{"kind": "note",
                                "message": "each undeclared identifier is reported only once",
                                "locations": [{"caret": {"file": "main.c",
                                                         "line": 5,
                                                         "column": 31}}]}],
                  "column-origin": 1,
                  "locations": [{"caret": {"file": "main.c",
                                           "line": 5,
                                           "column": 31}}]}""";
        byte[] text = ("[" + (element + ",\n ").repeat(40) + element + "]\nmake: *** [all] Error 1\n").getBytes(UTF_8);

        Diagnostics read = Texts.read(
                "build", "c", Arrays.copyOf(text, 4_096), Arrays.copyOfRange(text, text.length - 4_096, text.length));

        assertThat(read.errors()).isBetween(2 * (4_096 / (element.length() + 5)) - 2, 40);
        assertThat(told(read).subList(0, 6)).containsOnly("ERROR main.c:5:31 undeclared name");
    }

    @Test
    void jsonCutAnywhere_hasNoOtherPlaces() {
        for (String text : List.of(GCC, RUSTC)) {
            byte[] bytes = text.getBytes(UTF_8);
            for (int cut = 0; cut < bytes.length; cut++) {
                Diagnostics read = Texts.read("build", text.equals(GCC) ? "c" : "rust", Arrays.copyOf(bytes, cut));
                assertThat(read.list())
                        .allSatisfy(it -> assertThat(it.line().orElse(4)).isIn(1, 4, 5));
                assertThat(read.errors()).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void jsonOfAProgram_isNoDiagnostic() {
        assertThat(told(Texts.run("binary", GCC))).isEmpty();
    }

    private static List<String> told(Diagnostics read) {
        return read.list().stream().map(Texts::row).toList();
    }
}
