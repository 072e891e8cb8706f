package io.procmon.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

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

    /** The default patterns. */
    private static List<Pattern> defaults() {
        Properties properties = new Properties();
        try (InputStream file = Redaction.class.getResourceAsStream("/application.properties")) {
            properties.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("procmon.privacy.redact."))
                .map(properties::getProperty)
                .map(Pattern::compile)
                .toList();
    }
}
