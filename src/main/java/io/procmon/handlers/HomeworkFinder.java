package io.procmon.handlers;

import io.procmon.homework.HomeworkLocation;
import io.procmon.homework.HomeworkLocator;
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
 * links of the project directory are looked at, and then the file that the path leads to.
 */
final class HomeworkFinder {

    private final HomeworkLocator homework;
    private final Student student;
    private final ProcessFiles files;
    private boolean learned;

    HomeworkFinder(HomeworkLocator homework, Student student, ProcessFiles files) {
        this.homework = homework;
        this.student = student;
        this.files = files;
    }

    HomeworkLocation locateFile(ContainerPath file) {
        return locate(file, path -> homework.locateFile(path, student));
    }

    HomeworkLocation locateDirectory(ContainerPath directory) {
        return locate(directory, path -> homework.locateDirectory(path, student));
    }

    private HomeworkLocation locate(ContainerPath path, Function<ContainerPath, HomeworkLocation> locator) {
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
