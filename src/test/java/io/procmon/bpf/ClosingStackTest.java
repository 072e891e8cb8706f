package io.procmon.bpf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClosingStackTest {

    private final ClosingStack stack = new ClosingStack();
    private final List<String> released = new ArrayList<>();

    @Test
    void resources_areReleasedInReverseOrder() {
        assertThat(stack.push("program", released::add)).isEqualTo("program");
        stack.push("mapping", released::add);

        stack.close();

        assertThat(released).containsExactly("mapping", "program");
    }

    @Test
    void secondClose_releasesNothing() {
        stack.push("program", released::add);

        stack.close();
        stack.close();

        assertThat(released).containsExactly("program");
    }

    @Test
    void releaseThatFails_doesNotPreventTheOthers() {
        stack.push("program", released::add);
        stack.push("mapping", ClosingStackTest::fail);
        stack.push("file", ClosingStackTest::fail);

        assertThatThrownBy(stack::close)
                .hasMessage("file")
                .satisfies(it -> assertThat(it.getSuppressed()).hasSize(1));

        assertThat(released).containsExactly("program");
    }

    @Test
    void failureOfAnAcquisition_staysTheCause() {
        IllegalStateException cause = new IllegalStateException("map");
        stack.push("program", released::add);
        stack.push("mapping", ClosingStackTest::fail);

        stack.closeAfter(cause);

        assertThat(released).containsExactly("program");
        assertThat(cause.getSuppressed())
                .singleElement()
                .satisfies(it -> assertThat(it).hasMessage("mapping"));
    }

    private static void fail(String resource) {
        throw new IllegalStateException(resource);
    }
}
