package io.procmon.handlers;

import io.procmon.homework.HomeworkLocation;
import io.procmon.homework.HomeworkLocator;
import io.procmon.homework.InstalledParts;
import io.procmon.homework.LinkReader;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import io.procmon.process.Student;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds the homework of one process' files. A path is located as it is written; only if that leads to no homework, the
 * links of the project directory are looked at, and then the file that the path leads to. What lies in an environment
 * that was installed in a homework is no homework: {@link InstalledParts}. What a build wrote outside of any homework
 * belongs where the build belongs: {@link WrittenFiles}.
 */
final class HomeworkFinder {

    private final HomeworkLocator homework;
    private final Student student;
    private final ProcessFiles files;
    private final InstalledParts installed;
    private final WrittenFiles written;
    private boolean learned;

    HomeworkFinder(HomeworkLocator homework, WrittenFiles written, Student student, ProcessFiles files) {
        this.homework = homework;
        this.written = written;
        this.student = student;
        this.files = files;
        this.installed = new InstalledParts(path -> files.isFile(path) || files.isDirectory(path));
    }

    /**
     * Whether a program in a homework is the student's own, whatever its name is: {@code gcc -o bin/node n.c}. One that
     * came with a toolchain that was unpacked there is not.
     *
     * @param location where the program lies
     */
    boolean isWrittenThere(ContainerPath program, HomeworkLocation location) {
        return switch (location) {
            case HomeworkLocation.Outside _, HomeworkLocation.Ignored _ -> false;
            case HomeworkLocation.Inside _, HomeworkLocation.Ambiguous _ -> !installed.isOfAToolchain(program);
        };
    }

    HomeworkLocation locateFile(ContainerPath file) {
        HomeworkLocation location = locate(file, path -> homework.locateFile(path, student));
        return switch (location) {
            case HomeworkLocation.Outside _, HomeworkLocation.Inside _ ->
                written.locate(student, file)
                        .filter(known -> isClearer(known, location))
                        .orElse(location);
            case HomeworkLocation.Ignored _, HomeworkLocation.Ambiguous _ -> location;
        };
    }

    /** A homework's directory says more than the homework of a build. */
    private static boolean isClearer(HomeworkLocation known, HomeworkLocation location) {
        return location instanceof HomeworkLocation.Outside || known instanceof HomeworkLocation.Ignored;
    }

    HomeworkLocation locateDirectory(ContainerPath directory) {
        return locate(directory, path -> homework.locateDirectory(path, student));
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

    /** A program of the system, as most are; what is below /dev and /proc may name an open file of the student. */
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
