package io.procmon.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class HostnameGrammarTest {

    private static final Pattern REST =
            Pattern.compile("(?<course>[A-Za-z0-9]+)-(?<section>[0-9]+)-(?<student>[0-9]+)(-.*)?");

    private final HostnameGrammar grammar = new HostnameGrammar("jcode-", REST);

    @ParameterizedTest
    @CsvFileSource(resources = "/process/hostnames.csv", delimiter = '|', numLinesToSkip = 1)
    void hostname_namesAStudentOrNobody(String hostname, String course, String section, String student) {
        Optional<Student> expected =
                course == null ? Optional.empty() : Optional.of(new Student(course, section, student));

        assertThat(grammar.read(hostname.translateEscapes())).isEqualTo(expected);
    }

    @Test
    void classDiv_joinsCourseAndSection() {
        assertThat(new Student("test2502", "1", "202012180").classDiv()).isEqualTo("test2502-1");
    }

    @Test
    void prefix_isText_notAPattern() {
        HostnameGrammar dots = new HostnameGrammar("a.b-", REST);

        assertThat(dots.read("a.b-os-1-2")).isPresent();
        assertThat(dots.read("axb-os-1-2")).isEmpty();
    }

    @Test
    void patternWithoutAGroup_isRefusedWithItsName() {
        assertThatThrownBy(() -> new HostnameGrammar("jcode-", Pattern.compile("(?<course>.+)-(?<student>.+)")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("(?<section>…)");
    }
}
