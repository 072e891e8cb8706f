package io.procmon.classroom.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.process.Student;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorLinksTest {

    private static final Instant UNTIL = Instant.parse("2026-12-01T00:00:00Z");
    private static final Student STUDENT = new Student("os", "1", "김 202012180");

    private final MirrorLinks links = new MirrorLinks("a key of more than thirty-two bytes".getBytes(UTF_8));
    private final String link = links.of(STUDENT, UNTIL);

    @Test
    void link_leadsToItsStudent_untilItEnds() {
        assertThat(link).matches("[A-Za-z0-9_-]+");
        assertThat(links.student(link, UNTIL.minusSeconds(1))).contains(STUDENT);
        assertThat(links.student(link, UNTIL)).isEmpty();
    }

    @Test
    void linkOfAnotherKey_isNone() {
        MirrorLinks others = new MirrorLinks("another key of more than thirty-two bytes".getBytes(UTF_8));

        assertThat(links.student(others.of(STUDENT, UNTIL), UNTIL.minusSeconds(1)))
                .isEmpty();
    }

    @Test
    void eachChangedBit_isNoticed() {
        byte[] whole = Base64.getUrlDecoder().decode(link);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(links.student(
                            Base64.getUrlEncoder().withoutPadding().encodeToString(changed), UNTIL.minusSeconds(1)))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoLink_isNone(String text) {
        assertThat(links.student(text, UNTIL.minusSeconds(1))).isEmpty();
    }

    @Test
    void shortKey_isRefused() {
        assertThatThrownBy(() -> new MirrorLinks(new byte[31])).hasMessageContaining("32");
    }
}
