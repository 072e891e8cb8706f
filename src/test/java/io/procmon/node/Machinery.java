package io.procmon.node;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** What a machine must have for these tests to mean something. Without it they are skipped; where CI=true, they fail. */
final class Machinery {

    private Machinery() {}

    static void requireRootAndBtf() {
        boolean suitable =
                "root".equals(System.getProperty("user.name")) && Files.isReadable(Path.of("/sys/kernel/btf/vmlinux"));
        if (suitable) {
            return;
        }
        String problem = "only root, on a kernel with BTF, can give capabilities away and watch";
        if ("true".equals(System.getenv("CI"))) {
            fail("CI must run this test, but " + problem);
        }
        abort(problem);
    }
}
