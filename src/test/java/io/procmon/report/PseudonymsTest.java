package io.procmon.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.process.Student;
import org.junit.jupiter.api.Test;

class PseudonymsTest {

    private static final byte[] KEY = "a key of a course, long enough".getBytes(UTF_8);

    private final Pseudonyms pseudonyms = new Pseudonyms(KEY);

    @Test
    void student_hasOnePseudonym_whichIsAWholeNumber() {
        Student first = pseudonyms.of(student("202012180"));

        assertThat(first).isEqualTo(new Pseudonyms(KEY).of(student("202012180")));
        assertThat(first.id()).matches("[1-9][0-9]{17}");
        assertThat(pseudonyms.of(student("202012181")).id()).isNotEqualTo(first.id());
    }

    @Test
    void otherKey_isAnotherPseudonym() {
        Student other = new Pseudonyms("another key of another course".getBytes(UTF_8)).of(student("202012180"));

        assertThat(other.id()).isNotEqualTo(pseudonyms.of(student("202012180")).id());
    }

    @Test
    void fileThatIsNamedAfterTheStudent_isNamedAfterThePseudonym() {
        Student student = new Student("os", "1", "202012180");

        assertThat(pseudonyms.in("202012180/hw1_202012180.c", student))
                .isEqualTo("%1$s/hw1_%1$s.c".formatted(pseudonyms.of(student).id()));
        assertThat(pseudonyms.in("2020121800.c", student)).isEqualTo("2020121800.c");
    }

    @Test
    void keyThatIsShort_isRefused() {
        assertThatThrownBy(() -> new Pseudonyms("short".getBytes(UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("16 bytes");
    }

    private static Student student(String id) {
        return new Student("os", "1", id);
    }
}
