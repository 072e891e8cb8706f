package io.procmon.homework;

import io.procmon.process.ContainerPath;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Scripts that autotools put into a project, and run during a build: "Programs automake might require" in the manual of
 * Automake, and those of libtool and gettext. No student wrote them.
 */
public final class AuxiliaryScripts {

    private static final Set<String> NAMES = Set.of(
            "ar-lib",
            "compile",
            "config.guess",
            "config.lt",
            "config.rpath",
            "config.status",
            "config.sub",
            "depcomp",
            "elisp-comp",
            "install-sh",
            "libtool",
            "ltmain.sh",
            "mdate-sh",
            "missing",
            "mkinstalldirs",
            "move-if-change",
            "py-compile",
            "shtool",
            "tap-driver.pl",
            "tap-driver.sh",
            "test-driver",
            "ylwrap");

    /** Files of a project with autotools, beside the scripts or above their directory ({@code build-aux}). */
    private static final Set<String> MARKS = Set.of(
            "configure",
            "configure.ac",
            "configure.in",
            "config.status",
            "Makefile.am",
            "install-sh",
            "config.sub",
            "ltmain.sh");

    private static final Pattern CONFIGURE = Pattern.compile("[Cc]onfigure([.](sh|pl|py|gnu))?|config[.]status");

    private AuxiliaryScripts() {}

    /**
     * Whether a script is one of these. A student's own script of the same name is not: a name such as {@code compile}
     * counts only in a project with autotools.
     *
     * @param exists whether it is certain that a file is there
     */
    public static boolean include(ContainerPath script, Predicate<ContainerPath> exists) {
        String name = script.fileName();
        return NAMES.contains(name)
                && MARKS.stream()
                        .filter(mark -> !mark.equals(name))
                        .anyMatch(mark -> exists.test(script.parent().resolve(mark))
                                || exists.test(script.parent().parent().resolve(mark)));
    }

    /** Whether a file's name is that of a script that finds out what a compiler can do. What it compiles is its own. */
    public static boolean isConfigure(String fileName) {
        return CONFIGURE.matcher(fileName).matches();
    }
}
