package io.procmon;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What a machine must have for a test to mean something. Without it the test is skipped; in CI, it fails. */
public final class Prerequisites {

    private static final Path BTF = Path.of("/sys/kernel/btf/vmlinux");

    private Prerequisites() {}

    /** Root, on a kernel that can be watched. */
    public static void rootAndBtf() {
        require(Files.isReadable(BTF), "the kernel has no BTF: " + BTF);
        require("root".equals(System.getProperty("user.name")), "only root can watch processes and make namespaces");
    }

    /** Programs on the path. */
    public static void programs(String... names) {
        for (String name : names) {
            require(isOnPath(name), "'%s' is not installed".formatted(name));
        }
    }

    /**
     * Goes on only where this is so.
     *
     * @param problem says what is missing where it is not
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

    /** Whether the shell would find a program, one for the administrator included. */
    public static boolean isOnPath(String program) {
        return Arrays.stream((System.getenv("PATH") + ":/usr/sbin:/sbin").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
