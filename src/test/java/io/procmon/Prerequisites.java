package io.procmon;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** The requirements of a test for its machine. If one is missing, the test is skipped; in CI, it fails. */
public final class Prerequisites {

    private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");

    private Prerequisites() {}

    /** Requires root, and a kernel that can be watched. */
    public static void rootAndBtf() {
        require(Files.isReadable(BTF), "the kernel has no BTF: " + BTF);
        require("root".equals(System.getProperty("user.name")), "only root can watch processes and make namespaces");
    }

    /** Requires programs on the path. */
    public static void programs(String... names) {
        for (String name : names) {
            require(isOnPath(name), "'%s' is not installed".formatted(name));
        }
    }

    /**
     * Requires a condition.
     *
     * @param problem the missing part, for the message
     */
    public static void require(boolean so, String problem) {
        if (so) {
            return;
        }
        if (System.getenv("CI") != null) {
            fail("CI must run this test, but " + problem);
        }
        abort(problem);
    }

    /** Whether a shell would find a program, including administrators' directories. */
    public static boolean isOnPath(String program) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
