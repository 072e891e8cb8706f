package io.procmon.homework;

import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The targets of project and homework directories that are symbolic links. The kernel reports paths without links, so a
 * path in the target of {@code hw1} does not contain {@code hw1}.
 *
 * <p>The links of a project directory are read once, and again after the directory has changed. Not thread-safe.
 */
final class HomeworkLinks {

    /** Above this number, the project that was idle longest is dropped. */
    private static final int PROJECTS_MAX = 4096;

    /** System directories (hier(7)). A homework that links to one of them would claim the system's programs. */
    private static final Set<String> SYSTEM = Set.of(
            "bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "libx32", "opt", "proc", "run", "sbin", "sys", "usr");

    private record Project(Student student, ContainerPath directory) {}

    /**
     * A symbolic link.
     *
     * @param target the path without links, such as {@code /home/coder/project/assignment1}
     */
    private record Link(ContainerPath target, ContainerPath name) {}

    private record Learned(String version, List<Link> links) {}

    private final Map<Project, Learned> projects = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Project, Learned> eldest) {
            return size() > PROJECTS_MAX;
        }
    };

    private final Map<Student, List<Link>> byStudent = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Student, List<Link>> eldest) {
            return size() > PROJECTS_MAX;
        }
    };

    /** Whether a path is in a system directory, so that a student's link to it is not a homework. */
    static boolean isOfTheSystem(ContainerPath path) {
        List<String> names = path.components();
        return names.isEmpty() || SYSTEM.contains(names.getFirst());
    }

    /** The path through the link, such as {@code /home/coder/project/hw1/main}; empty if no known link leads there. */
    Optional<ContainerPath> name(ContainerPath path, Student student) {
        return byStudent.getOrDefault(student, List.of()).stream()
                .filter(link -> path.isWithin(link.target()))
                .findFirst()
                .map(link -> ContainerPath.of(link.name().value()
                        + path.value().substring(link.target().value().length())));
    }

    void learn(Student student, ContainerPath directory, Predicate<String> isHomework, LinkReader reader) {
        Project project = new Project(student, directory);
        Optional<String> version = reader.version(directory);
        Learned known = projects.get(project);
        if (version.isEmpty() || (known != null && known.version().equals(version.get()))) {
            return;
        }
        projects.put(project, new Learned(version.get(), read(directory, isHomework, reader)));
        byStudent.put(
                student,
                projects.entrySet().stream()
                        .filter(entry -> entry.getKey().student().equals(student))
                        .flatMap(entry -> entry.getValue().links().stream())
                        .sorted(Comparator.comparing(
                                link -> -link.target().value().length())) // the deepest match wins
                        .toList());
    }

    private static List<Link> read(ContainerPath directory, Predicate<String> isHomework, LinkReader reader) {
        ContainerPath real = reader.resolve(directory);
        Stream<Link> homework = reader.linkedDirectories(real, isHomework).entrySet().stream()
                .filter(link -> !real.isWithin(link.getValue()))
                .map(link -> new Link(link.getValue(), directory.resolve(link.getKey())));
        return Stream.concat(Stream.of(new Link(real, directory)).filter(_ -> !real.equals(directory)), homework)
                .filter(link -> !isOfTheSystem(link.target()))
                .toList();
    }
}
