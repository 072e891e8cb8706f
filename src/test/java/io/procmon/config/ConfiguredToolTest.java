package io.procmon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.procmon.KnownTools;
import io.procmon.process.ContainerPath;
import io.procmon.process.Tool;
import io.procmon.process.ToolRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfiguredToolTest {

    @Test
    void everyFileInTools_isATool() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/tools"))) {
            assertThat(KnownTools.tools(Map.of()).tools().stream().map(tool -> tool.name() + ".properties"))
                    .containsExactlyInAnyOrderElementsOf(
                            files.map(file -> file.getFileName().toString()).toList());
        }
    }

    @Test
    void keyInTheEnvironment_overridesThatKeyOfTheFileOnly() {
        ToolRegistry tools = KnownTools.tools(Map.of("PROCMON_TOOLS_PYTHON_EXECUTABLE", "/opt/snake/bin/snake"));

        Tool snake = tools.find(ContainerPath.of("/opt/snake/bin/snake"), List.of("snake"))
                .orElseThrow();
        assertThat(snake.name()).isEqualTo("python");
        assertThat(snake.type()).isEqualTo("PYTHON");
        assertThat(tools.find(ContainerPath.of("/usr/bin/python3.12"), List.of("python3")))
                .isEmpty();
    }

    @Test
    void newToolThatIsLikeAnother_needsItsExecutableOnly() {
        ToolRegistry tools = KnownTools.tools(Map.of(
                "PROCMON_TOOLS_LCC_LIKE", "gcc",
                "PROCMON_TOOLS_LCC_TYPE", "LCC",
                "PROCMON_TOOLS_LCC_EXECUTABLE", "/usr/bin/lcc"));

        Tool lcc = tools.find(ContainerPath.of("/usr/bin/lcc"), List.of("lcc")).orElseThrow();
        assertThat(lcc.name()).isEqualTo("lcc");
        assertThat(lcc.type()).isEqualTo("LCC");
        assertThat(lcc.kind()).isEqualTo(Tool.Kind.COMPILER);
        assertThat(lcc.parser()).isEqualTo("gcc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aaa", "zzz"})
    void newTool_isAskedBeforeThoseOfProcmon_whateverItsName(String name) {
        String variable = "PROCMON_TOOLS_" + name.toUpperCase(Locale.ROOT);
        ToolRegistry tools = KnownTools.tools(Map.of(
                variable + "_LIKE", "gcc",
                variable + "_EXECUTABLE", "/opt/(gcc|clang)-course/bin/(gcc|clang)"));

        assertThat(tools.find(ContainerPath.of("/opt/gcc-course/bin/gcc"), List.of("gcc")))
                .hasValueSatisfying(tool -> assertThat(tool.name()).isEqualTo(name));
        assertThat(tools.find(ContainerPath.of("/opt/clang-course/bin/clang"), List.of("clang++")))
                .hasValueSatisfying(tool -> assertThat(tool.name()).isEqualTo(name));
        assertThat(tools.find(ContainerPath.of("/usr/bin/gcc"), List.of("gcc")))
                .hasValueSatisfying(tool -> assertThat(tool.name()).isEqualTo("gcc"));
    }

    @Test
    void toolWithoutAParser_stopsTheStartNamingTheKey() {
        assertThatThrownBy(() -> KnownTools.tools(Map.of(
                        "PROCMON_TOOLS_LCC_KIND", "compiler",
                        "PROCMON_TOOLS_LCC_TYPE", "LCC",
                        "PROCMON_TOOLS_LCC_EXECUTABLE", "/usr/bin/lcc")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("procmon.tools.lcc.parser is missing");
    }

    @Test
    void toolsThatAreLikeEachOther_stopTheStartNamingBoth() {
        assertThatThrownBy(() -> KnownTools.tools(Map.of("PROCMON_TOOLS_A_LIKE", "b", "PROCMON_TOOLS_B_LIKE", "a")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("leads in a circle");
    }

    @Test
    void toolThatIsLikeNone_stopsTheStartNamingIt() {
        assertThatThrownBy(() -> KnownTools.tools(Map.of("PROCMON_TOOLS_A_LIKE", "ggc")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("'ggc'");
    }

    @Test
    void brokenPattern_stopsTheStartNamingTheKey() {
        assertThatThrownBy(() -> KnownTools.tools(Map.of("PROCMON_TOOLS_GCC_EXECUTABLE", "/usr/bin/g++(")))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("procmon.tools.gcc.executable");
    }
}
