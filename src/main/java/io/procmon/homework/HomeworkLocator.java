package io.procmon.homework;

import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the homework that a path belongs to: the first directory below the student's project directory, if its
 * whole name matches. What a tool writes there for itself, such as the programs by which CMake and autoconf find out what
 * a compiler can do, is not what the student works on.
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
     * @param template with a student's own parts in braces
     * @param fixed the directory itself where it is the same for all
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
     * @param roots the project directories; {@code {course}}, {@code {section}} and {@code {student}} stand for the
     *     student's own
     * @param name matches a homework directory's whole name
     * @param ignored matches the whole name of a file or directory below it that is a tool's own
     */
    public HomeworkLocator(List<String> roots, Pattern name, Pattern ignored) {
        this.roots = roots.stream().map(Root::of).toList();
        this.name = name;
        this.ignored = ignored;
    }

    /**
     * Where a file of this student lies. Its own name is no homework's: a program called {@code hw1} inside
     * of {@code hw1} is nothing unusual.
     */
    public HomeworkLocation locateFile(ContainerPath file, Student student) {
        HomeworkLocation location = locateDirectory(file.parent(), student);
        return location instanceof HomeworkLocation.Inside && isIgnored(file.fileName()) ? IGNORED : location;
    }

    /** Where a directory of this student lies; a homework directory lies in itself. */
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

    /** Whether a path belongs to the system, so that no link of a student can make it homework. */
    public static boolean isOfTheSystem(ContainerPath path) {
        return HomeworkLinks.isOfTheSystem(path);
    }

    /**
     * Learns where the homework directories of a student lead that are symbolic links, unless that is known. From then on,
     * what lies in the directory that such a link leads to belongs to the homework.
     */
    public void learnLinks(Student student, LinkReader reader) {
        for (Root root : roots) {
            links.learn(student, root.of(student), this::isHomework, reader);
        }
    }

    private HomeworkLocation below(ContainerPath directory, ContainerPath project) {
        List<String> names = directory.components();
        names = names.subList(project.components().size(), names.size());
        if (names.isEmpty() || !isHomework(names.getFirst())) {
            return OUTSIDE;
        }
        List<String> below = names.subList(1, names.size());
        if (below.stream().anyMatch(this::isIgnored)) {
            return IGNORED;
        }
        String homework = names.getFirst();
        return below.stream().anyMatch(name -> isHomework(name) && !name.equals(homework))
                ? AMBIGUOUS
                : new HomeworkLocation.Inside(homework);
    }

    private boolean isIgnored(String component) {
        return ignored.matcher(component).matches();
    }

    private boolean isHomework(String component) {
        return name.matcher(component).matches();
    }
}
