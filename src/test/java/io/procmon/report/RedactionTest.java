package io.procmon.report;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.Classroom;
import io.procmon.process.Student;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    /** The parts of secrets, and what may be between them. */
    private static final List<String> FRAGMENTS = List.of(
            "--",
            "-",
            "=",
            " ",
            "\n",
            "/",
            "://",
            "?",
            "&",
            ":",
            "@",
            "_",
            "-D",
            "a",
            "x1",
            "main.c",
            "password",
            "passwd",
            "pwd",
            "secret",
            "api-key",
            "apikey",
            "api_key",
            "access-key",
            "access_key",
            "key",
            "token",
            "auth-",
            "my_",
            "signature",
            "sig",
            "mysql",
            "mariadb",
            "-p",
            "hunter2",
            "https",
            "ghp_",
            "ghs_",
            "github_pat_",
            "hf_",
            "glpat-",
            "sk-",
            "AKIA",
            "0123456789ABCDEF",
            "abcdefghijklmnopqrstuvwxyz",
            "eyJ",
            "abcdefgh.",
            "\u017F",
            "\u212A");

    private final Redaction redaction = new Redaction(defaults());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "./main --password=hunter2 x            | ./main --password=*** x",
                "./main --password hunter2 x            | ./main --password *** x",
                "./main -token abc                      | ./main -token ***",
                "./main --db-password hunter2 x         | ./main --db-password *** x",
                "./main --auth-token=abc                | ./main --auth-token=***",
                "./main --upload-token=a8f5f167f44f4964e6c998dee x | ./main --upload-token=*** x",
                "./main --github_token abc              | ./main --github_token ***",
                "./main --my-api-token abc              | ./main --my-api-token ***",
                "gcc -DTOKEN=abc123def main.c           | gcc -DTOKEN=*** main.c",
                "./main --client-secret abc             | ./main --client-secret ***",
                "./main password=hunter2 x              | ./main password=*** x",
                "docker run --env=TOKEN=hunter2 x       | docker run --env=TOKEN=*** x",
                "python3 a.py github_pat_11ABCDE_abcdef | python3 a.py ***",
                "python3 a.py hf_abcdefghijklmnopqrstuv | python3 a.py ***",
                "./main --api-key=abc --apikey def      | ./main --api-key=*** --apikey ***",
                "./main mysql -u root -phunter2 db      | ./main mysql -u root -p*** db",
                "python3 a.py DB_PASSWORD=hunter2       | python3 a.py DB_PASSWORD=***",
                "python3 a.py https://u:hunter2@h/x?a=b | python3 a.py https://u:***@h/x?a=b",
                "python3 a.py https://h/?key=abc&b=c    | python3 a.py https://h/?key=***&b=c",
                "python3 a.py ghp_0123456789abcdefghijkl | python3 a.py ***",
                "gcc -DAPI_KEY=hunter2 main.c           | gcc -DAPI_KEY=*** main.c",
                "env A=b MY_API_KEY=hunter2 TOKEN=x     | env A=b MY_API_KEY=*** TOKEN=***",
                "python3 a.py x:sk-0123456789abcdefghijk | python3 a.py x:***"
            })
    void secret_isMasked(String commandLine, String masked) {
        assertThat(redaction.of(List.of(commandLine.split(" ")))).containsExactly(masked.split(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "gcc -pthread -pipe -pg -pedantic -o main main.c",
        "python3 tokenizer.py --tokens 5 key.txt",
        "./main http://localhost:8000/a?b=c",
        "./password-checker mysql -p",
        "./main --password-file f --token-count 5 --secretary x --max-tokens 9 hf_model.py",
        "gcc -DMAX_TOKEN=100 -DMIN_SECRET=3 -DPASSWORD=8 main.c",
        "./compiler --dump-token input.c",
        "./lexer --print-token=all --last-token main.c --end-token END",
        "./lexer --eof-token a_rather_long_name_of_one",
        "./main x.TOKEN=a ==TOKEN=a task-0123456789abcdefghijk"
    })
    void whatIsNoSecret_staysAsItIs(String commandLine) {
        List<String> arguments = List.of(commandLine.split(" "));

        assertThat(redaction.of(arguments)).isSameAs(arguments);
    }

    @Test
    void argumentsOfSeveralLines_stayApart() {
        assertThat(redaction.of(List.of("./main", "a\nb", "--password", "x\ny", "")))
                .containsExactly("./main", "a\nb", "--password", "***", "");
    }

    @Test
    void commandLineWithinAnArgument_isReadToo() {
        assertThat(redaction.of(List.of("./main", "mysql -u root -phunter2", "prog --token hunter2")))
                .containsExactly("./main", "mysql -u root -p***", "prog --token ***");
    }

    @Test
    void commandLineOnALaterLine_isReadToo() {
        assertThat(redaction.of(List.of("sh", "cd x\n--token a", "cd x\nmysql -u root -phunter2", "a\nTOKEN=x")))
                .containsExactly("sh", "cd x\n--token ***", "cd x\nmysql -u root -p***", "a\nTOKEN=***");
    }

    @Test
    void otherWhiteSpace_staysAsItIs() {
        assertThat(redaction.of(List.of("./main", "a\u000Bb\f\uE000\nc", "--token", "x")))
                .containsExactly("./main", "a\u000Bb\f\uE000\nc", "--token", "***");
    }

    @Test
    void textThatWasClean_staysClean_andHidesNoSecret() {
        List<String> clean = List.of("./main", "--name", "x");
        List<String> secret = List.of("./main", "--token", "x");

        for (int times = 0; times < 3; times++) {
            assertThat(redaction.of(clean)).isSameAs(clean);
            assertThat(redaction.of(secret)).containsExactly("./main", "--token", "***");
            assertThat(redaction.text("./main\n--token\nx")).isEqualTo("./main\n--token\n***");
            assertThat(redaction.text("a/TOKEN=x/b")).isEqualTo("a/TOKEN=***/b");
        }
    }

    /**
     * Students write command lines, so a pattern must not be slow on any: without bounds, some of these would take
     * minutes.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJ-",
                "mysql ",
                "://a:",
                "PASSWORD_",
                "TOKEN=",
                "-p",
                "sk-",
                " -",
                " --a-a-",
                "-a=TOKEN=",
                "-----",
                "hf_",
                "github_pat_"
            })
    @Timeout(60)
    void longCommandLine_isNoDenialOfService(String repeated) {
        List<String> arguments = List.of("./main", repeated.repeat(131_072 / repeated.length()));

        assertThat(redaction.of(arguments)).hasSize(2);
    }

    /** The words only save time: with them, the same is masked as without. */
    @Test
    void words_hideNoSecret() {
        Redaction withoutWords = new Redaction(defaults().stream()
                .map(secret -> new Secret(secret.pattern(), List.of()))
                .toList());
        Random random = new Random(20);

        for (int times = 0; times < 20_000; times++) {
            List<String> arguments = IntStream.range(0, 2 + random.nextInt(4))
                    .mapToObj(_ -> fragments(random))
                    .toList();
            String path = "/" + String.join("/", arguments);

            assertThat(redaction.of(arguments)).isEqualTo(withoutWords.of(arguments));
            assertThat(redaction.text(path)).isEqualTo(withoutWords.text(path));
        }
    }

    @Test
    void patternThatReplacesADefault_doesNotInheritItsWords() {
        Reports reports = new Reports(
                new ObjectMapper(),
                Classroom.config(Map.of("procmon.privacy.redact.mysql.pattern", "matric=(?<secret>[0-9]+)")));

        assertThat(reports.reportedName("matric=4711", new Student("os", "1", "202012180")))
                .isEqualTo("matric=***");
    }

    private static String fragments(Random random) {
        return IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(_ -> FRAGMENTS.get(random.nextInt(FRAGMENTS.size())))
                .map(it -> random.nextInt(4) == 0 ? it.toUpperCase(Locale.ROOT) : it)
                .collect(joining());
    }

    /** The default kinds of secrets. */
    private static List<Secret> defaults() {
        return Classroom.config(Map.of()).privacy().redact().entrySet().stream()
                .map(secret -> Secret.of(secret.getKey(), secret.getValue()))
                .toList();
    }
}
