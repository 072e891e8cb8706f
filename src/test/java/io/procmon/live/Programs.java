package io.procmon.live;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The programs of {@code src/test/c}, statically linked, so that they run in a container without libraries.
 *
 * @param directory the directory of the programs
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

    /** Executes commands in a container. */
    Path student() {
        return directory.resolve("student");
    }

    /** Ends in the way that its arguments select. */
    Path ends() {
        return directory.resolve("ends");
    }

    /** Executes a program repeatedly. */
    Path repeat() {
        return directory.resolve("repeat");
    }

    /** A minimal program. */
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
