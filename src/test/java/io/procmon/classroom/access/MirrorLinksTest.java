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
    private static final Instant MADE = Instant.parse("2026-11-01T00:00:00.123Z");
    private static final Student STUDENT = new Student("os", "1", "김 202012180");

    private final MirrorLinks links = new MirrorLinks("a key of more than thirty-two bytes".getBytes(UTF_8));
    private final String link = links.link(STUDENT, MADE, UNTIL);

    @Test
    void link_leadsToItsStudent_untilItEnds() {
        assertThat(link).matches("[A-Za-z0-9_-]+");
        assertThat(links.readLink(link, UNTIL.minusSeconds(1))).contains(new MirrorLinks.Link(STUDENT, MADE));
        assertThat(links.readLink(link, UNTIL)).isEmpty();
    }

    @Test
    void linkOfAnotherKey_isNone() {
        MirrorLinks others = new MirrorLinks("another key of more than thirty-two bytes".getBytes(UTF_8));

        assertThat(links.readLink(others.link(STUDENT, MADE, UNTIL), UNTIL.minusSeconds(1)))
                .isEmpty();
    }

    @Test
    void eachChangedBit_isNoticed() {
        byte[] whole = Base64.getUrlDecoder().decode(link);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] changed = whole.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);

            assertThat(links.readLink(
                            Base64.getUrlEncoder().withoutPadding().encodeToString(changed), UNTIL.minusSeconds(1)))
                    .as("bit %d", bit)
                    .isEmpty();
        }
    }

    /** Made by the version that did not write the time, with the key and the student of this test. */
    @Test
    void linkOfAnEarlierVersion_leadsToItsStudent_andWasMadeLongAgo() {
        String earlier = "b3MAMQDquYAgMjAyMDEyMTgwADE3OTYwODMyMDB_G2qhIB2z6Q20mE1awwGL0H80bRkILfCk5WvTE4XpXA";

        assertThat(links.readLink(earlier, UNTIL.minusSeconds(1)))
                .contains(new MirrorLinks.Link(STUDENT, Instant.EPOCH));
    }

    @Test
    void revocation_isNoLink_andALinkIsNoRevocation() {
        String revocation = links.revocation(STUDENT, MADE);

        assertThat(links.readRevocation(revocation)).contains(new MirrorLinks.Revocation(STUDENT, MADE));
        assertThat(links.readLink(revocation, Instant.EPOCH)).isEmpty();
        assertThat(links.readRevocation(link)).isEmpty();
    }

    @Test
    void revocationOfAnotherKey_isNone() {
        MirrorLinks others = new MirrorLinks("another key of more than thirty-two bytes".getBytes(UTF_8));

        assertThat(links.readRevocation(others.revocation(STUDENT, MADE))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%%%", "AAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void whatIsNoLink_isNone(String text) {
        assertThat(links.readLink(text, UNTIL.minusSeconds(1))).isEmpty();
    }

    @Test
    void shortKey_isRefused() {
        assertThatThrownBy(() -> new MirrorLinks(new byte[31])).hasMessageContaining("32");
    }
}
