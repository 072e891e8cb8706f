package io.procmon.homework;

import io.procmon.process.ContainerPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Detects directories that an installer has filled, by the files that it creates and not by their names: virtual
 * environments (PEP 405), conda environments, and unpacked toolchains. Not thread-safe.
 */
public final class InstalledParts {

    /** At most this many directories of a path are checked. */
    private static final int DEPTH_MAX = 32;

    /** The directories that an installer creates in an environment (hier(7)). The others may be the student's. */
    private static final Pattern PART =
            Pattern.compile("s?bin|Scripts|lib(32|64|x32)?|libexec|include|share|etc|var|ssl|man|"
                    + "pkgs|envs|condabin|compiler_compat|conda-meta|[a-z0-9_]+-conda(_[a-z0-9]+)?-linux-gnu");

    /** Files and directories that exist only in an environment. */
    private static final List<String> ENVIRONMENT = List.of("pyvenv.cfg", "conda-meta");

    /**
     * Files that exist only in a toolchain: a JDK, Node.js, Python, GCC, clang, Rust, Go, Ruby, Perl, R. {@code %s} is
     * the name of the program, such as {@code python3.12}.
     */
    private static final List<String> TOOLCHAIN = List.of(
            "lib/modules",
            "lib/jvm.cfg",
            "lib/node_modules",
            "include/node",
            "lib/%s",
            "lib/gcc",
            "lib/clang",
            "lib/rustlib",
            "pkg/tool",
            "lib/ruby",
            "lib/perl5",
            "lib/R");

    private final Predicate<ContainerPath> exists;
    private final Map<ContainerPath, Boolean> environments = new HashMap<>();

    /** @param exists whether a file or directory certainly exists */
    public InstalledParts(Predicate<ContainerPath> exists) {
        this.exists = exists;
    }

    /**
     * Whether a path is in an installed part of an environment.
     *
     * @param mayBeEnvironment selects the parent directories to check
     */
    public boolean hold(ContainerPath path, Predicate<ContainerPath> mayBeEnvironment) {
        ContainerPath part = path;
        for (int i = 0; i < DEPTH_MAX && !part.equals(part.parent()); i++) {
            ContainerPath directory = part.parent();
            if (PART.matcher(part.fileName()).matches()
                    && mayBeEnvironment.test(directory)
                    && isEnvironment(directory)) {
                return true;
            }
            part = directory;
        }
        return false;
    }

    /**
     * Whether a program belongs to an unpacked toolchain: its directory is a {@code bin}, next to the toolchain's
     * libraries.
     */
    public boolean isOfAToolchain(ContainerPath program) {
        ContainerPath bin = program.parent();
        return bin.fileName().equals("bin")
                && TOOLCHAIN.stream()
                        .map(name -> bin.parent().resolve(name.formatted(program.fileName())))
                        .anyMatch(exists);
    }

    private boolean isEnvironment(ContainerPath directory) {
        return Optional.ofNullable(environments.get(directory)).orElseGet(() -> {
            boolean found = ENVIRONMENT.stream().map(directory::resolve).anyMatch(exists);
            environments.put(directory, found);
            return found;
        });
    }
}
