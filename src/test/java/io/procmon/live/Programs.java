package io.procmon.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs in {@code src/test/c}, statically linked, so that they run in a container without any libraries.
 *
 * @param directory where they are
 */
record Programs(Path directory) {

    private static final Path SOURCES = Path.of("src/test/c");

    /** Compiles them. */
    static Programs compileTo(Path directory) {
        for (String name : List.of("student", "ends", "repeat")) {
            compile(name, directory, "-static", "-pthread");
        }
        compile("tiny", directory, "-static", "-nostdlib");
        return new Programs(directory);
    }

    /** Does what it is asked for in a container. */
    Path student() {
        return directory.resolve("student");
    }

    /** Ends in the way that it is told to. */
    Path ends() {
        return directory.resolve("ends");
    }

    /** Executes a program again and again. */
    Path repeat() {
        return directory.resolve("repeat");
    }

    /** The smallest program there is. */
    Path tiny() {
        return directory.resolve("tiny");
    }

    private static void compile(String name, Path directory, String... how) {
        List<String> command = new ArrayList<>(List.of("gcc", "-O1", "-Wall", "-Wextra", "-Werror"));
        command.addAll(List.of(how));
        command.addAll(List.of("-o", directory.resolve(name).toString()));
        command.add(SOURCES.resolve(name + ".c").toString());
        Shell.run(command.toArray(String[]::new));
    }
}
