package io.procmon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.Classroom;
import io.procmon.config.InvalidConfiguration;
import io.vertx.core.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {

    private static final SocketAddress ELSEWHERE = SocketAddress.inetSocketAddress(9091, "192.0.2.1");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "::1", "0:0:0:0:0:0:0:1"})
    void loopback_isOpen(String address) {
        assertThat(withoutToken().decide(SocketAddress.inetSocketAddress(9091, address), null))
                .isEqualTo(Door.Decision.OPEN);
    }

    @Test
    void withoutAToken_thereIsNothingFromElsewhere() {
        assertThat(withoutToken().decide(ELSEWHERE, null)).isEqualTo(Door.Decision.CLOSED);
        assertThat(withoutToken().decide(ELSEWHERE, "Bearer ")).isEqualTo(Door.Decision.CLOSED);
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer s3cret, OPEN",
        "basic teacher:s3cret, OPEN",
        "basic :s3cret, OPEN",
        "Bearer s3cre, ASK",
        "Bearer , ASK",
        "basic teacher:wrong, ASK",
        "basic s3cret:, ASK",
        "Basic %%%, ASK",
        "Digest s3cret, ASK",
        "s3cret, ASK"
    })
    void fromElsewhere_theTokenOpens_andNothingElse(String authorization, Door.Decision expected) throws Exception {
        assertThat(withToken("s3cret\n").decide(ELSEWHERE, header(authorization)))
                .isEqualTo(expected);
    }

    @Test
    void visitWithoutAnything_isAsked() throws Exception {
        assertThat(withToken("s3cret").decide(ELSEWHERE, null)).isEqualTo(Door.Decision.ASK);
    }

    @Test
    void emptyToken_endsTheStart() {
        assertThatThrownBy(() -> withToken(" \n"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("procmon.web.token-file");
    }

    private static String header(String authorization) {
        return authorization.startsWith("basic ")
                ? "Basic "
                        + Base64.getEncoder()
                                .encodeToString(authorization
                                        .substring("basic ".length())
                                        .getBytes(StandardCharsets.UTF_8))
                : authorization;
    }

    private static Door withoutToken() {
        return new Door(Classroom.config(Map.of()));
    }

    private Door withToken(String token) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), token);
        return new Door(Classroom.config(Map.of("procmon.web.token-file", file.toString())));
    }
}
