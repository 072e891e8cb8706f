package io.procmon.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory of the benchmark: compiled helpers, and the home directory of students, which contains a compiler.
 *
 * @param directory the directory
 */
record Workbench(Path directory) {

    private static final Path SOURCES = Path.of("src/test/c");

    /** Runs a command with a hostname of its own, a home directory, and a homework as current directory. */
    private static final String AS_STUDENT = """
            hostname "$0" && mount -t tmpfs none /home && mkdir /home/coder && mount --bind "$1" /home/coder \\
              && cd /home/coder/project/hw1 && shift && exec "$@"
            """;

    /** Compiles the helpers. The working directory must be that of the project. */
    static Workbench at(Path directory) throws IOException {
        Workbench workbench = new Workbench(directory.toAbsolutePath());
        Path homework = workbench.home().resolve("project/hw1");
        Path tools = workbench.home().resolve("tools");
        Files.createDirectories(homework);
        Files.createDirectories(tools);
        workbench.compile("load", "-O2");
        workbench.compile("observer", "-O2");
        workbench.compile("calls", "-O1");
        workbench.compile("cputimes", "-O2");
        workbench.compile("tiny", "-Os", "-static", "-nostdlib", "-s");
        // With the name gcc, procmon reports it as a build. It ends immediately.
        Files.copy(workbench.directory.resolve("tiny"), tools.resolve("gcc"), StandardCopyOption.REPLACE_EXISTING);
        return workbench;
    }

    Path home() {
        return directory.resolve("home");
    }

    Path program(String name) {
        return directory.resolve(name);
    }

    /**
     * The command line that runs a command as a student.
     *
     * @param hostname the hostname of the student's container
     */
    List<String> asStudent(String hostname, List<String> command) {
        List<String> all = new ArrayList<>(List.of("unshare", "--uts", "--mount", "sh", "-c", AS_STUDENT, hostname));
        all.add(home().toString());
        all.addAll(command);
        return all;
    }

    /** Runs a command to its end and returns what it printed. */
    static String outputOf(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream output = process.getInputStream()) {
            String text = new String(output.readAllBytes(), StandardCharsets.UTF_8);
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException("%s: exit status %d".formatted(String.join(" ", command), status));
            }
            return text;
        } catch (InterruptedException e) {
            process.destroy();
            throw new IOException("interrupted: " + command.getFirst(), e);
        }
    }

    private void compile(String name, String... flags) throws IOException {
        Path source = SOURCES.resolve(name + ".c");
        List<String> command = new ArrayList<>(List.of("cc"));
        command.addAll(List.of(flags));
        command.addAll(List.of("-o", program(name).toString(), source.toString()));
        outputOf(command);
    }
}
