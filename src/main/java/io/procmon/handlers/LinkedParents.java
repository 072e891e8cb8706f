package io.procmon.handlers;

import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Two dots after the name of a symbolic link lead to the parent of its target, not to the directory of the link:
 * path_resolution(7). A {@link ContainerPath} removes both names as text. So such words of a command line are rewritten
 * before a parser reads them: {@code link/../main.c} becomes {@code /home/coder/project/hw2/main.c}.
 */
final class LinkedParents {

    /** A name before two dots, with the option that the path may be joined to: {@code -olink/../main}. */
    private static final Pattern STEP = Pattern.compile(
            "(?<option>-[A-Za-z]|@|[^/=]*=)?+(?<directory>[^=]*?[^/.][^/]*)/+[.][.](?<rest>/.*)?", Pattern.DOTALL);

    private LinkedParents() {}

    /**
     * The same command line without such steps.
     *
     * @param cwd the directory that the paths start from
     * @param seen follows the links
     */
    static List<String> followed(List<String> argv, ContainerPath cwd, ProcessFiles seen) {
        return argv.stream().anyMatch(LinkedParents::mayStepUp)
                ? argv.stream().map(word -> followed(word, cwd, seen)).toList()
                : argv;
    }

    private static boolean mayStepUp(String word) {
        return word.indexOf("/..") > 0;
    }

    private static String followed(String word, ContainerPath cwd, ProcessFiles seen) {
        Matcher step = STEP.matcher(word);
        if (!mayStepUp(word) || !step.matches()) {
            return word;
        }
        ContainerPath directory = cwd.resolve(step.group("directory"));
        ContainerPath target = seen.resolve(directory);
        if (target.equals(directory)) {
            return word;
        }
        String option = step.group("option") == null ? "" : step.group("option");
        String rest = step.group("rest") == null ? "" : step.group("rest");
        return option + target.parent().value() + rest;
    }
}
