package io.procmon.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.procmon.Classroom;
import io.procmon.config.InvalidConfiguration;
import io.procmon.stream.HandlerChain;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartupErrorsTest {

    private static final int USAGE = 64;
    private static final int SOFTWARE = 70;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(said, true, UTF_8);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        procmon.homework.pattern      | hw[           | no regular expression
        procmon.hostname.pattern      | (?<course>.*) | course, section and student are needed
        procmon.hostname.pattern      | (             | no regular expression
        procmon.tools.gcc.executable  | *gcc          | no regular expression
        procmon.tools.gcc.invoked-as  | [             | no regular expression
        procmon.tools.gcc.parser      | fortran       | no CommandParser has this name; there are
        """)
    void wrongValue_isOneLineWithKeyValueAndWhatIsAllowed(String key, String value, String allowed) {
        Throwable failure = catchThrowable(() ->
                new HandlerChain(Classroom.config(Map.of(key, value)), Classroom.NODE, Classroom.parsers(), List.of()));

        assertThat(StartupErrors.explain(failure, err)).isEqualTo(USAGE);
        assertThat(said.toString(UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .startsWith("procmon: configuration: ")
                        .contains(key, "'" + value + "'", allowed));
    }

    @ParameterizedTest
    @CsvSource({
        "procmon.source, moon",
        "procmon.api.concurrency, many",
        "procmon.tools.gcc.kind, linker",
        "procmon.stop-timeout, soon"
    })
    void valueOfAnotherType_isOneLineWithKeyAndValue(String key, String value) {
        Throwable failure = catchThrowable(() -> Classroom.config(Map.of(key, value)));

        assertThat(StartupErrors.explain(failure, err)).isEqualTo(USAGE);
        assertThat(said.toString(UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).contains(key, value));
    }

    @Test
    void reasonBehindOtherFailures_isFound() {
        Throwable failure = new IllegalStateException(
                "boot", new RuntimeException(new InvalidConfiguration("procmon.x", "y", "z is allowed")));

        assertThat(StartupErrors.explain(failure, err)).isEqualTo(USAGE);
        assertThat(said.toString(UTF_8).strip()).isEqualTo("procmon: configuration: procmon.x is 'y': z is allowed");
    }

    @Test
    void anythingElse_isABugWithItsStackTrace() {
        assertThat(StartupErrors.explain(new IllegalStateException("unheard of"), err))
                .isEqualTo(SOFTWARE);
        assertThat(said.toString(UTF_8))
                .contains("which is a bug", "unheard of", "\tat io.procmon.cli.StartupErrorsTest");
    }
}
