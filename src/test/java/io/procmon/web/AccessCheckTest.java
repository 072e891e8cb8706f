package io.procmon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.Classroom;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.ProcmonConfig;
import io.procmon.config.Role;
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

class AccessCheckTest {

    private static final SocketAddress HERE = SocketAddress.inetSocketAddress(9091, "127.0.0.1");
    private static final SocketAddress ELSEWHERE = SocketAddress.inetSocketAddress(9091, "192.0.2.1");

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.53", "::1", "0:0:0:0:0:0:0:1"})
    void loopback_isOpen(String address) {
        assertThat(withoutToken().decide(visit(SocketAddress.inetSocketAddress(9091, address), null)))
                .isEqualTo(AccessCheck.Decision.OPEN);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, OPEN",
        "127.0.0.1:9091, OPEN",
        "localhost:9091, OPEN",
        "LocalHost, OPEN",
        "[::1]:9091, OPEN",
        "[::1], OPEN",
        "evil.example, FOREIGN",
        "evil.example:9091, FOREIGN",
        "localhost.evil.example, FOREIGN",
        "127.0.0.1.evil.example, FOREIGN",
        "192.0.2.1:9091, FOREIGN",
        ", FOREIGN"
    })
    void onLoopback_onlyTheMachinesOwnNamesOpen(String host, AccessCheck.Decision expected) {
        assertThat(withoutToken().decide(new AccessCheck.Visit(HERE, host, false, null, null, null)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "true, , , OPEN",
        "true, http://localhost:9091, same-origin, OPEN",
        "true, http://evil.example, cross-site, FOREIGN",
        "true, http://evil.example, , FOREIGN",
        "true, http://localhost:3000, same-site, FOREIGN",
        "true, null, , FOREIGN",
        "true, , cross-site, FOREIGN",
        "false, , cross-site, OPEN"
    })
    void whatChangesSomething_isForNoOtherPage(
            boolean changes, String origin, String site, AccessCheck.Decision expected) throws Exception {
        assertThat(withoutToken().decide(new AccessCheck.Visit(HERE, "localhost:9091", changes, origin, site, null)))
                .isEqualTo(expected);
        assertThat(withToken("s3cret")
                        .decide(new AccessCheck.Visit(
                                ELSEWHERE, "localhost:9091", changes, origin, site, "Bearer s3cret")))
                .isEqualTo(expected);
    }

    @Test
    void withoutAToken_thereIsNothingFromElsewhere() {
        assertThat(withoutToken().decide(visit(ELSEWHERE, null))).isEqualTo(AccessCheck.Decision.CLOSED);
        assertThat(withoutToken().decide(visit(ELSEWHERE, "Bearer "))).isEqualTo(AccessCheck.Decision.CLOSED);
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
    void fromElsewhere_theTokenOpens_andNothingElse(String authorization, AccessCheck.Decision expected)
            throws Exception {
        assertThat(withToken("s3cret\n").decide(visit(ELSEWHERE, header(authorization))))
                .isEqualTo(expected);
    }

    @Test
    void visitWithoutAnything_isAsked() throws Exception {
        assertThat(withToken("s3cret").decide(visit(ELSEWHERE, null))).isEqualTo(AccessCheck.Decision.ASK);
    }

    @Test
    void emptyToken_endsTheStart() {
        assertThatThrownBy(() -> withToken(" \n"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("procmon.web.token-file");
    }

    private static AccessCheck.Visit visit(SocketAddress at, String authorization) {
        return new AccessCheck.Visit(at, "localhost:9091", false, null, null, authorization);
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

    private static AccessCheck accessCheck(Map<String, String> configuration) {
        ProcmonConfig config = Classroom.config(configuration);
        return new AccessCheck(config, new NodeCheck(config, Role.of()));
    }

    private static AccessCheck withoutToken() {
        return accessCheck(Map.of());
    }

    private AccessCheck withToken(String token) throws Exception {
        Path file = Files.writeString(directory.resolve("token"), token);
        return accessCheck(Map.of("procmon.web.token-file", file.toString()));
    }
}
