package io.procmon.diagnostics;

import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Optional;

/**
 * The directories of the files that a text names.
 *
 * @param cwd the directory that relative names start from
 * @param homework the homework directory
 */
public record Places(ContainerPath cwd, ContainerPath homework) {

    /**
     * The directories of an activity.
     *
     * @param homework the name of the homework directory, such as {@code hw1}
     * @param target a file of the activity in the homework directory
     */
    public static Places of(ContainerPath cwd, String homework, ContainerPath target) {
        List<String> names = target.components();
        int at = names.indexOf(homework);
        return new Places(
                cwd, at < 0 ? target.parent() : ContainerPath.of("/" + String.join("/", names.subList(0, at + 1))));
    }

    /**
     * A file as a path relative to the homework directory. It is resolved as text.
     *
     * @return empty for a file outside of the homework, and for a name that is not a file, such as {@code <stdin>} and
     * {@code (eval)}
     */
    public Optional<String> inHomework(String name) {
        if (name.isBlank() || name.startsWith("<") || name.startsWith("(eval")) {
            return Optional.empty();
        }
        ContainerPath path = cwd.resolve(name);
        return path.isWithin(homework) && !path.equals(homework)
                ? Optional.of(path.value()
                        .substring(homework.value().length() + (homework.value().length() == 1 ? 0 : 1)))
                : Optional.empty();
    }
}
