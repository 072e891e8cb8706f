package io.procmon.handlers;

import io.procmon.homework.HomeworkLocation;
import io.procmon.homework.HomeworkLocator;
import io.procmon.homework.InstalledParts;
import io.procmon.homework.LinkReader;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds the homework of a process' files. It first locates a path without following links. If that finds no homework,
 * it follows the links of the project directory, then the links in the path. Files of an environment that was installed
 * in a homework belong to no homework: {@link InstalledParts}. A file that a build wrote outside of any homework
 * belongs to the homework of the build: {@link WrittenFiles}.
 *
 * <p>Belongs to one exec. Each path is located once, because a command line is checked in several ways.
 */
final class HomeworkFinder {

    private final HomeworkLocator homework;
    private final Student student;
    private final ProcessFiles files;
    private final InstalledParts installed;
    private final WrittenFiles written;
    private final Map<ContainerPath, HomeworkLocation> locatedFiles = new HashMap<>();
    private final Map<ContainerPath, HomeworkLocation> locatedDirectories = new HashMap<>();
    private boolean learned;

    HomeworkFinder(HomeworkLocator homework, WrittenFiles written, Student student, ProcessFiles files) {
        this.homework = homework;
        this.written = written;
        this.student = student;
        this.files = files;
        this.installed = new InstalledParts(path -> files.isFile(path) || files.isDirectory(path));
    }

    /**
     * Whether a program in a homework is the student's own, even with the name of a tool: {@code gcc -o bin/node n.c}.
     * A program of a toolchain that was unpacked there is not.
     *
     * @param location the location of the program
     */
    boolean isWrittenThere(ContainerPath program, HomeworkLocation location) {
        return switch (location) {
            case HomeworkLocation.Outside _, HomeworkLocation.Ignored _ -> false;
            case HomeworkLocation.Inside _, HomeworkLocation.Ambiguous _ -> !installed.isOfAToolchain(program);
        };
    }

    HomeworkLocation locateFile(ContainerPath file) {
        return locatedFiles.computeIfAbsent(file, this::locateNewFile);
    }

    private HomeworkLocation locateNewFile(ContainerPath file) {
        HomeworkLocation location = locate(file, path -> homework.locateFile(path, student));
        return switch (location) {
            case HomeworkLocation.Outside _, HomeworkLocation.Inside _ ->
                written.locate(student, file)
                        .filter(known -> isClearer(known, location))
                        .orElse(location);
            case HomeworkLocation.Ignored _, HomeworkLocation.Ambiguous _ -> location;
        };
    }

    /**
     * Whether the location of a file counts more than the location of the build that wrote it. A homework directory
     * does.
     */
    private static boolean isClearer(HomeworkLocation known, HomeworkLocation location) {
        return location instanceof HomeworkLocation.Outside || known instanceof HomeworkLocation.Ignored;
    }

    HomeworkLocation locateDirectory(ContainerPath directory) {
        return locatedDirectories.computeIfAbsent(
                directory, it -> locate(it, path -> homework.locateDirectory(path, student)));
    }

    private HomeworkLocation locate(ContainerPath path, Function<ContainerPath, HomeworkLocation> locator) {
        HomeworkLocation location = locateAnyPart(path, locator);
        return location instanceof HomeworkLocation.Inside && installed.hold(path, this::isInside)
                ? new HomeworkLocation.Ignored()
                : location;
    }

    private boolean isInside(ContainerPath directory) {
        return homework.locateDirectory(directory, student) instanceof HomeworkLocation.Inside;
    }

    private HomeworkLocation locateAnyPart(ContainerPath path, Function<ContainerPath, HomeworkLocation> locator) {
        HomeworkLocation location = locator.apply(path);
        if (!(location instanceof HomeworkLocation.Outside) || isInstalled(path)) {
            return location;
        }
        learnLinks();
        location = locator.apply(path);
        return location instanceof HomeworkLocation.Outside ? locator.apply(files.resolve(path)) : location;
    }

    /**
     * Whether a program belongs to the system, as most do. A path below /dev or /proc does not count, because it can
     * lead to an open file of the student.
     */
    private static boolean isInstalled(ContainerPath path) {
        return HomeworkLocator.isOfTheSystem(path)
                && !path.value().startsWith("/dev/")
                && !path.value().startsWith("/proc/");
    }

    private void learnLinks() {
        if (!learned) {
            learned = true;
            homework.learnLinks(student, new Links(files));
        }
    }

    private record Links(ProcessFiles files) implements LinkReader {

        @Override
        public Optional<String> version(ContainerPath directory) {
            return files.version(directory);
        }

        @Override
        public ContainerPath resolve(ContainerPath directory) {
            return files.resolve(directory);
        }

        @Override
        public Map<String, ContainerPath> linkedDirectories(ContainerPath directory, Predicate<String> names) {
            return files.linkedDirectories(directory, names);
        }
    }
}
