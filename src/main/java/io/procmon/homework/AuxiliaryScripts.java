package io.procmon.homework;

import io.procmon.process.ContainerPath;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Scripts that autotools add to a project and run during a build. They are listed in "Programs automake might require"
 * in Automake's manual, and in the manuals of libtool and gettext. No student wrote them.
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

    /** Files of a project with autotools, in the directory of the scripts or in its parent ({@code build-aux}). */
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
     * Whether a script belongs to autotools. A student's own script may have the same name, so a name such as
     * {@code compile} counts only in a project with autotools.
     *
     * @param exists whether a file certainly exists
     */
    public static boolean include(ContainerPath script, Predicate<ContainerPath> exists) {
        String name = script.fileName();
        return NAMES.contains(name)
                && MARKS.stream()
                        .filter(mark -> !mark.equals(name))
                        .anyMatch(mark -> exists.test(script.parent().resolve(mark))
                                || exists.test(script.parent().parent().resolve(mark)));
    }

    /** Whether a script of this name tests the compiler's features by compiling its own files. */
    public static boolean isConfigure(String fileName) {
        return CONFIGURE.matcher(fileName).matches();
    }
}
