package io.procmon.homework;

import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the homework of a path: the first directory below the student's project directory, if its whole name matches.
 * Files of a tool below it are ignored, such as the programs by which CMake and autoconf test the compiler.
 */
public final class HomeworkLocator {

    private static final HomeworkLocation OUTSIDE = new HomeworkLocation.Outside();
    private static final HomeworkLocation IGNORED = new HomeworkLocation.Ignored();
    private static final HomeworkLocation AMBIGUOUS = new HomeworkLocation.Ambiguous();

    private final HomeworkLinks links = new HomeworkLinks();
    private final List<Root> roots;
    private final Pattern name;
    private final Pattern ignored;

    /**
     * A project directory.
     *
     * @param template the path, with the student's parts in braces
     * @param fixed the path if it is the same for all students
     */
    private record Root(String template, Optional<ContainerPath> fixed) {

        static Root of(String template) {
            return new Root(
                    template, template.indexOf('{') < 0 ? Optional.of(ContainerPath.of(template)) : Optional.empty());
        }

        ContainerPath of(Student student) {
            return fixed.orElseGet(() -> ContainerPath.of(template.replace("{course}", student.course())
                    .replace("{section}", student.section())
                    .replace("{student}", student.id())));
        }
    }

    /**
     * @param roots the project directories; {@code {course}}, {@code {section}} and {@code {student}} are replaced by
     *     the student's own
     * @param name matches the whole name of a homework directory
     * @param ignored matches the whole name of a tool's file or directory below it
     */
    public HomeworkLocator(List<String> roots, Pattern name, Pattern ignored) {
        this.roots = roots.stream().map(Root::of).toList();
        this.name = name;
        this.ignored = ignored;
    }

    /**
     * Locates a student's file. The file's own name is ignored: a program may be called {@code hw1} inside of
     * {@code hw1}.
     */
    public HomeworkLocation locateFile(ContainerPath file, Student student) {
        HomeworkLocation location = locateDirectory(file.parent(), student);
        return location instanceof HomeworkLocation.Inside && isIgnored(file.fileName()) ? IGNORED : location;
    }

    /** Locates a student's directory; a homework directory is inside itself. */
    public HomeworkLocation locateDirectory(ContainerPath directory, Student student) {
        HomeworkLocation location = locateByName(directory, student);
        return location instanceof HomeworkLocation.Outside
                ? links.name(directory, student)
                        .map(name -> locateByName(name, student))
                        .orElse(OUTSIDE)
                : location;
    }

    private HomeworkLocation locateByName(ContainerPath directory, Student student) {
        for (Root root : roots) {
            ContainerPath project = root.of(student);
            if (directory.isWithin(project)) {
                return below(directory, project);
            }
        }
        return OUTSIDE;
    }

    /** Whether a path is in a system directory, so that a student's link to it is not a homework. */
    public static boolean isOfTheSystem(ContainerPath path) {
        return HomeworkLinks.isOfTheSystem(path);
    }

    /**
     * Reads the symbolic links of a student's project directory, unless they are known. Afterwards, paths below the
     * target of a homework's link belong to that homework.
     */
    public void learnLinks(Student student, LinkReader reader) {
        for (Root root : roots) {
            links.learn(student, root.of(student), this::isHomework, reader);
        }
    }

    private HomeworkLocation below(ContainerPath directory, ContainerPath project) {
        List<String> names = directory.components();
        int depth = project.components().size();
        if (names.size() == depth || !isHomework(names.get(depth))) {
            return OUTSIDE;
        }
        String homework = names.get(depth);
        boolean ambiguous = false;
        for (String name : names.subList(depth + 1, names.size())) {
            if (isIgnored(name)) {
                return IGNORED;
            }
            ambiguous |= isHomework(name) && !name.equals(homework);
        }
        return ambiguous ? AMBIGUOUS : new HomeworkLocation.Inside(homework);
    }

    private boolean isIgnored(String component) {
        return ignored.matcher(component).matches();
    }

    private boolean isHomework(String component) {
        return name.matcher(component).matches();
    }
}
