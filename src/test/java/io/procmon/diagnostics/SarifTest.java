package io.procmon.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The texts are those of gcc 16.2, gcc 14.2 and clang 22.1, without members that are not read. */
class SarifTest {

    private static final String GCC = """
            {"$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
             "version": "2.1.0",
             "runs": [{"tool": {"driver": {"name": "GNU C23",
                                           "rules": [{"id": "-Wint-conversion"}]}},
                       "artifacts": [{"location": {"uri": "main.c",
                                                   "uriBaseId": "PWD"},
                                      "contents": {"text": "int main(void) { char *s = 1; retrun 0 }\\n%s"}}],
                       "results": [{"ruleId": "-Werror=int-conversion",
                                    "level": "error",
                                    "message": {"text": "initialization of ‘char *’ from ‘int’ makes pointer from integer"},
                                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "main.c",
                                                                                             "uriBaseId": "PWD"},
                                                                        "region": {"startLine": 1,
                                                                                   "startColumn": 28,
                                                                                   "endColumn": 29}}}]},
                                   {"ruleId": "error",
                                    "level": "error",
                                    "message": {"text": "expected ‘;’ before ‘}}’ token"},
                                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": "main.c",
                                                                                             "uriBaseId": "PWD"},
                                                                        "region": {"startLine": 2,
                                                                                   "startColumn": 37,
                                                                                   "endColumn": 38}}}],
                                    "relatedLocations": [{"physicalLocation": {"artifactLocation": {"uri": "main.c"},
                                                                               "region": {"startLine": 3}},
                                                          "message": {"text": "declared here"}}]}]}]}
            """;

    private static final String CLANG = """
            {"$schema":"https://docs.oasis-open.org/sarif/sarif/v2.1.0/cos02/schemas/sarif-schema-2.1.0.json","runs":[{\
            "artifacts":[{"length":%d,"location":{"index":0,"uri":"file:///home/coder/project/hw1/my%%20main.c"}}],\
            "results":[{"level":"warning","locations":[{"physicalLocation":{"artifactLocation":{"index":0,\
            "uri":"file:///home/coder/project/hw1/my%%20main.c"},"region":{"endColumn":29,"endLine":1,"startColumn":28,\
            "startLine":1}}},{"physicalLocation":{"artifactLocation":{"index":0,\
            "uri":"file:///home/coder/project/hw1/my%%20main.c"},"region":{"endColumn":24,"startColumn":24,"startLine":1}}}],\
            "message":{"text":"unused variable 's'"},"ruleId":"6538","ruleIndex":0},{"level":"note","locations":[],\
            "message":{"text":"to match this '{'"},"ruleId":"109","ruleIndex":3}],"tool":{"driver":{"name":"clang"}}}]}

            1 warning generated.
            """;

    @Test
    void gcc_hasTheBeginningOfTheRegion() {
        assertThat(told(Texts.build("c", GCC)))
                .containsExactly(
                        "ERROR main.c:1:28 -Wint-conversion: initialization of ‘char *’ from ‘int’ makes pointer from integer",
                        "ERROR main.c:2:37 expected ';': expected ‘;’ before ‘}’ token");
    }

    /** gcc 14 gives a fatal error no level. Neither has a missing source file a location. */
    @Test
    void fatalErrorOfGcc_isAnError() {
        String text = """
                {"runs": [{"results": [{"ruleId": "fatal error",
                                        "message": {"text": "nofile.c: No such file or directory"},
                                        "locations": []}]}]}
                """;

        assertThat(told(Texts.build("c", text)))
                .containsExactly("ERROR :0:0 missing file: nofile.c: No such file or directory");
    }

    @Test
    void linkToAnOption_isTheOption() {
        String text = """
                {"runs": [{"results": [{"ruleId": "error", "level": "error", "locations": [],
                  "message": {"text": "depth 200 (use ‘[-fmax](https://gcc.gnu.org/x#index-f)’ or [-g](https://gcc.gnu.org/g))"}},
                  {"ruleId": "error", "level": "error", "locations": [],
                  "message": {"text": "no match for ‘operator[](int)’ [with T = ](http"}}]}]}
                """;

        assertThat(told(Texts.build("c++", text)))
                .extracting(it -> it.replaceFirst("^.*?: ", "").replaceFirst("^.*?: ", ""))
                .containsExactly("depth 200 (use ‘-fmax’ or -g)", "no match for ‘operator[](int)’ [with T = ](http");
    }

    @Test
    void clang_hasTheCaretAfterTheRanges() {
        assertThat(told(Texts.build("c", CLANG.formatted(41))))
                .containsExactly("WARNING my main.c:1:24 unused variable _: unused variable 's'");
    }

    /** gcc quotes the whole source before the results, so often only the end of a document has results. */
    @Test
    void gccWithAGapInTheSource_hasTheResultsOfTheEnd() {
        byte[] text = GCC.formatted("/* a long file */\\n".repeat(600)).getBytes(UTF_8);
        byte[] tail = Arrays.copyOfRange(text, text.length - 4_096, text.length);

        Diagnostics read = Texts.read("build", "c", Arrays.copyOf(text, 4_096), tail);

        assertThat(told(read)).hasSize(2).allMatch(it -> it.startsWith("ERROR main.c:"));
    }

    @Test
    void clangWithAGap_hasTheResultsThatAreComplete() {
        String result = CLANG.substring(CLANG.indexOf("{\"level\""), CLANG.indexOf(",{\"level\":\"note\""));
        byte[] text = CLANG.replace(result, (result + ',').repeat(60) + result)
                .formatted(41)
                .getBytes(UTF_8);

        Diagnostics read = Texts.read(
                "build", "c", Arrays.copyOf(text, 4_096), Arrays.copyOfRange(text, text.length - 4_096, text.length));

        assertThat(read.warnings()).isBetween(2 * (4_096 / result.length()) - 3, 2 * (4_096 / result.length()));
        assertThat(told(read)).containsOnly("WARNING my main.c:1:24 unused variable _: unused variable 's'");
    }

    @Test
    void textCutAnywhere_hasNoOtherPlaces() {
        for (String text : List.of(GCC, CLANG.formatted(41))) {
            byte[] bytes = text.getBytes(UTF_8);
            for (int cut = 0; cut < bytes.length; cut++) {
                assertThat(Texts.read("build", "c", Arrays.copyOf(bytes, cut)).list())
                        .hasSizeLessThanOrEqualTo(2)
                        .allSatisfy(it -> assertThat(it.line().orElse(1)).isIn(1, 2))
                        .allSatisfy(it -> assertThat(it.column().orElse(24)).isIn(24, 28, 37));
            }
        }
    }

    @Test
    void fileWithABrokenEscape_staysAsItIs() {
        String text = CLANG.formatted(41).replace("%20", "%zz");

        assertThat(told(Texts.build("c", text)))
                .containsExactly("WARNING my%zzmain.c:1:24 unused variable _: unused variable 's'");
    }

    @Test
    void documentOfAProgram_isNoDiagnostic() {
        assertThat(told(Texts.run("binary", GCC))).isEmpty();
    }

    private static List<String> told(Diagnostics read) {
        return read.list().stream()
                .map(it -> Texts.row(it) + ": " + it.message().orElse(""))
                .toList();
    }
}
