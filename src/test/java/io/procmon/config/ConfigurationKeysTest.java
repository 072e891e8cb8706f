package io.procmon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationKeysTest {

    private static final Pattern DOCUMENTED = Pattern.compile("(?m)^\\| `(procmon\\.\\S+)` \\|");

    @Test
    void keys_areThoseOfTheDocument() throws IOException {
        List<String> documented = DOCUMENTED
                .matcher(Files.readString(Path.of("src/site/markdown/configuration.md")))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(ConfigurationKeys.all())
                .extracting(ConfigurationKeys.Key::name)
                .containsExactlyInAnyOrderElementsOf(documented);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROCMON_HOSTNAME_PREFIX",
                "PROCMON_KERNEL_TAKE_IN",
                "PROCMON_TOOLS_GCC_INVOKED_AS",
                "PROCMON_TOOLS_MY_TOOL_KIND",
                "PATH"
            })
    void knownOrForeignVariable_isLeftAlone(String variable) {
        assertThat(ConfigurationKeys.isUnknownVariable(variable)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PROCMON_HOSTNAM_PREFIX", "PROCMON_TOOLS_GCC", "PROCMON_", "PROCMON_PRINT_IT"})
    void variableThatOnlyLooksLikeOurs_isUnknown(String variable) {
        assertThat(ConfigurationKeys.isUnknownVariable(variable)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "procmon.source              | one of live, replay, auto",
                "procmon.print               | true or false",
                "procmon.api.endpoint        | an address, such as http://localhost:8000",
                "procmon.api.timeout         | a duration, such as 20s or 500ms",
                "procmon.tools.gcc.kind      | one of compiler, interpreter",
                "procmon.kernel.ring-size    | a size, such as 4M",
                "procmon.kernel.processes    | a whole number from 64 to 4194304",
                "procmon.record-to           | the path of a file",
                "procmon.homework.roots      | text"
            })
    void key_tellsWhatIsAllowed(String property, String allowed) {
        assertThat(ConfigurationKeys.find(property).orElseThrow().allowed()).isEqualTo(allowed);
    }

    @Test
    void wholeNumbers_haveBounds() {
        assertThat(ConfigurationKeys.all())
                .filteredOn(key -> key.type() == int.class)
                .isNotEmpty()
                .allSatisfy(key -> assertThat(key.bounds()).as(key.name()).isPresent());
    }
}
