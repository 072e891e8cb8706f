package io.procmon.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.Classroom;
import io.procmon.config.InvalidConfiguration;
import io.procmon.config.Role;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeCheckTest {

    private static final String TOKENS = """
            # the nodes of the lab
            lab-7  0123456789abcdef

            *      fedcba9876543210
            """;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({
        "Bearer 0123456789abcdef, lab-7",
        "Bearer fedcba9876543210, *",
        "Bearer 0123456789abcdeF,",
        "Basic 0123456789abcdef,",
        "0123456789abcdef,",
        "Bearer lab-7,",
        ","
    })
    void token_namesItsNode(String authorization, String node) throws IOException {
        assertThat(check(TOKENS, Role.CLASS_SERVICE).node(authorization).orElse(null))
                .isEqualTo(node);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/events, true",
        "POST, /api/os-1/hw1/7/logs/build, true",
        "POST, /api/os-1/hw1/7/logs/run, true",
        "GET, /api/events, false",
        "POST, /api/os-1/hw1/7/logs/other, false",
        "POST, /api/os-1/hw1/7/8/logs/run, false",
        "POST, /api/dead-letters/resend, false",
        "GET, /api/workflow, false",
        "POST, , false"
    })
    void onlyReports_areForNodes(String method, String path, boolean report) throws IOException {
        assertThat(check(TOKENS, Role.CLASS_SERVICE).isReport(HttpMethod.valueOf(method), path))
                .isEqualTo(report);
    }

    @Test
    void agent_takesNoReports() throws IOException {
        NodeCheck agent = check(TOKENS);

        assertThat(agent.isReport(HttpMethod.POST, "/api/events")).isFalse();
        assertThat(agent.node("Bearer 0123456789abcdef")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lab-7, line 1 must be a node and a token",
        "lab-7 0123456789abcdef x, line 1 must be a node and a token",
        "lab-7 0123456789abcde, the token in line 1 is shorter than 16 characters",
        "'lab-7 0123456789abcdef\nlab-8 0123456789abcdef', the token in line 2 occurs for another node, too",
        "# nobody, it has no token",
    })
    void fileThatIsWrong_abortsTheStart(String text, String problem) {
        assertThatThrownBy(() -> check(text, Role.CLASS_SERVICE))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining(problem)
                .hasMessageNotContaining("0123456789");
    }

    private NodeCheck check(String tokens, String... arguments) throws IOException {
        Path file = Files.writeString(directory.resolve("tokens"), tokens);
        return new NodeCheck(Classroom.config(Map.of("procmon.nodes.token-file", file.toString())), Role.of(arguments));
    }
}
