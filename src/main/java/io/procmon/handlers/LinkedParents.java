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

    /** An option that a path follows in the same word, as in {@code -olink/../main}. */
    private static final Pattern OPTION = Pattern.compile("-[A-Za-z]|@|[^/=]*=");

    private static final Pattern STEP_UP = Pattern.compile("(?<!^)/+[.][.](?=/|$)");

    private LinkedParents() {}

    /**
     * The same command line without such steps.
     *
     * @param cwd the directory that the paths start from
     * @param seen follows the links
     */
    static List<String> followed(List<String> argv, ContainerPath cwd, ProcessFiles seen) {
        return argv.stream().anyMatch(LinkedParents::mayStepUp)
                ? argv.stream()
                        .map(word -> mayStepUp(word) ? followed(word, cwd, seen) : word)
                        .toList()
                : argv;
    }

    private static boolean mayStepUp(String word) {
        return word.indexOf("/..") > 0;
    }

    private static String followed(String word, ContainerPath cwd, ProcessFiles seen) {
        Matcher option = OPTION.matcher(word);
        int from = option.lookingAt() ? option.end() : 0;
        String path = word.substring(from);
        Matcher step = STEP_UP.matcher(path);
        while (step.find()) {
            ContainerPath directory = cwd.resolve(path.substring(0, step.start()));
            ContainerPath target = seen.resolve(directory);
            if (!target.equals(directory)) {
                path = target.parent().value() + path.substring(step.end());
                step.reset(path);
            }
        }
        return word.substring(0, from) + path;
    }
}
