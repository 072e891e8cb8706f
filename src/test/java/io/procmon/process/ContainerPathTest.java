package io.procmon.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class ContainerPathTest {

    @ParameterizedTest
    @CsvFileSource(
            resources = "/process/container-paths.csv",
            delimiter = '|',
            numLinesToSkip = 1,
            ignoreLeadingAndTrailingWhitespace = true)
    void path_isResolvedByItsText(String cwd, String path, String resolved) {
        assertThat(ContainerPath.of(cwd).resolve(path.translateEscapes()).value())
                .isEqualTo(resolved.translateEscapes());
    }

    @Property
    void anyText_becomesANormalPath(@ForAll @CharRange(from = '-', to = '0') String text) {
        ContainerPath path = ContainerPath.of(text);

        assertThat(path.value()).startsWith("/");
        assertThat(path.components()).doesNotContain("", ".", "..");
        assertThat(ContainerPath.of(path.value())).isEqualTo(path);
        assertThat("/" + String.join("/", path.components())).isEqualTo(path.value());
    }

    @Test
    void prefixOfAName_isNotADirectory() {
        ContainerPath project = ContainerPath.of("/home/coder/project");

        assertThat(ContainerPath.of("/home/coder/project/hw1").isWithin(project))
                .isTrue();
        assertThat(project.isWithin(project)).isTrue();
        assertThat(ContainerPath.of("/home/coder/project2").isWithin(project)).isFalse();
        assertThat(project.isWithin(ContainerPath.of("/"))).isTrue();
    }

    @Test
    void root_hasNoNameAndHoldsItself() {
        ContainerPath root = ContainerPath.of("/");

        assertThat(root.components()).isEmpty();
        assertThat(root.fileName()).isEmpty();
        assertThat(root.parent()).isEqualTo(root);
    }

    @Test
    void pathHasAParentAndAName() {
        ContainerPath path = ContainerPath.of("/home/coder");

        assertThat(path.fileName()).isEqualTo("coder");
        assertThat(path.parent()).isEqualTo(ContainerPath.of("/home"));
        assertThat(path.parent().parent()).isEqualTo(ContainerPath.of("/"));
        assertThat(path.components()).isEqualTo(List.of("home", "coder"));
    }
}
