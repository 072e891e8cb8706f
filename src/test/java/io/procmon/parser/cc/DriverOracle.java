package io.procmon.parser.cc;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.process.ContainerPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Runs a compiler driver with the option that prints the programs that it would call ({@code -###}). Their command
 * lines show the sources that the driver would translate and the files that it would write. The oracle has the options
 * of those programs, but none of the driver.
 */
final class DriverOracle {

    /** Options of cc1, cc1as, as, collect2 and ld whose value is the next argument and may look like a file. */
    private static final Set<String> WITH_VALUE = Set.of(
            "-D",
            "-U",
            "-A",
            "-I",
            "-F",
            "-L",
            "-MF",
            "-MT",
            "-MQ",
            "-MD",
            "-MMD",
            "-include",
            "-imacros",
            "-isystem",
            "-iquote",
            "-idirafter",
            "-iprefix",
            "-iwithprefix",
            "-iwithprefixbefore",
            "-isysroot",
            "-imultiarch",
            "-imultilib",
            "-o",
            "-dumpdir",
            "-dumpbase",
            "-dumpbase-ext",
            "-aux-info",
            "-x",
            "--param",
            "--output-pch=",
            "-auxbase",
            "-auxbase-strip",
            "-T",
            "-e",
            "-u",
            "-z",
            "-h",
            "-R",
            "-m",
            "-plugin",
            "-dynamic-linker",
            "-Map",
            "-soname",
            "-rpath",
            "-rpath-link",
            "-main-file-name",
            "-dependency-file",
            "-include-pch",
            "-mllvm",
            "-triple",
            "-internal-isystem",
            "-Tbss",
            "-Tdata",
            "-Ttext",
            "-defsym",
            "--defsym",
            "--dynamic-linker",
            "--entry",
            "-dwarf-debug-producer",
            "--version-script",
            "-split-dwarf-file",
            "-split-dwarf-output",
            "-coverage-notes-file");

    private static final Set<String> DEPENDENCY_FILE = Set.of("-MF", "-dependency-file");

    /** The text that clang prints for a program that it runs in its own process. */
    private static final String IN_PROCESS = " (in-process)";

    private final Path directory;
    private final Path temporary;

    /**
     * Creates an oracle.
     *
     * @param directory the working directory of the drivers, with the files on their command lines
     * @param temporary the directory for outputs that the command line does not name
     */
    DriverOracle(Path directory, Path temporary) {
        this.directory = directory;
        this.temporary = temporary;
    }

    /** The intent of a driver; empty if it rejects the command line. */
    Optional<Intent> ask(List<String> command) throws IOException, InterruptedException {
        List<String> asked = new ArrayList<>(command);
        asked.add(1, "-###");
        Path answer = Files.createTempFile(temporary, "answer", ".txt");
        ProcessBuilder builder = new ProcessBuilder(asked)
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(answer.toFile());
        builder.environment().put("TMPDIR", temporary.toString());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("no answer within a minute: " + asked);
        }
        if (process.exitValue() != 0) {
            return Optional.empty();
        }
        return Optional.of(read(Files.readAllLines(answer, UTF_8)));
    }

    private Intent read(List<String> lines) {
        List<String> sources = new ArrayList<>();
        List<String> inputs = new ArrayList<>();
        List<ContainerPath> outputs = new ArrayList<>();
        Set<String> made = new HashSet<>();
        boolean links = false;
        for (String line : lines) {
            if (!line.startsWith(" ") || line.equals(IN_PROCESS)) {
                continue;
            }
            List<String> words = ArgumentFiles.split(line);
            words.remove("|");
            String program = words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
            List<String> files = files(words);
            boolean linker = program.equals("collect2") || program.equals("ld");
            if (linker) {
                links = true;
                files.stream()
                        .filter(file -> isOurs(file) && !made.contains(file))
                        .map(this::absolute)
                        .forEach(inputs::add);
            } else {
                source(words, files)
                        .filter(file -> !made.contains(file) && !isStream(file))
                        .map(file -> Intent.named(ContainerPath.of(absolute(file)), language(program, words)))
                        .ifPresent(sources::add);
            }
            outputs.removeIf(output -> files.stream().map(this::absolute).anyMatch(output.value()::equals));
            Optional<String> output = output(words, linker);
            output.ifPresent(made::add);
            output.filter(file -> !file.equals("-") && !file.startsWith(temporary.toString()))
                    .map(file -> ContainerPath.of(absolute(file)))
                    .ifPresent(outputs::add);
        }
        return new Intent(sources, inputs, Intent.outputs(outputs), links);
    }

    /** The arguments that are neither options nor values of options. */
    private static List<String> files(List<String> words) {
        List<String> files = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (WITH_VALUE.contains(word)) {
                i++;
            } else if (!word.startsWith("-") || word.equals("-")) {
                files.add(word);
            }
        }
        return files;
    }

    /**
     * The source of a program: the last file for clang's own programs, the first file for GCC's and for the assembler.
     */
    private Optional<String> source(List<String> words, List<String> files) {
        return words.get(1).startsWith("-cc1")
                ? Optional.of(words.getLast()).filter(file -> !file.startsWith(temporary.toString()))
                : files.stream().filter(this::isOurs).findFirst();
    }

    /**
     * Whether a file is standard input or a device. Those are not files of a student, so procmon does not report them.
     */
    private static boolean isStream(String file) {
        return file.equals("-") || file.startsWith("/dev/");
    }

    private boolean isOurs(String file) {
        return file.equals("-")
                || file.equals("/dev/null")
                || (!file.startsWith("/") && Files.exists(directory.resolve(file)));
    }

    /** The output of a program: the last one that is named. A linker without a named output has a default. */
    private static Optional<String> output(List<String> words, boolean linker) {
        boolean dependenciesOnly = words.contains("-M") || words.contains("-MM") || words.contains("-Eonly");
        Optional<String> output = linker ? Optional.of("a.out") : Optional.empty();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            if (word.equals("-o")
                    || word.equals("--output-pch=")
                    || (dependenciesOnly && DEPENDENCY_FILE.contains(word))) {
                output = Optional.of(words.get(i + 1));
            } else if (word.startsWith("--output-pch=")) {
                return Optional.of(word.substring("--output-pch=".length()));
            }
        }
        return output;
    }

    /** The language: clang prints it; for GCC it follows from the program and its options. */
    private static String language(String program, List<String> words) {
        int said = words.indexOf("-x");
        if (words.contains("-cc1") && said > 0) {
            return words.get(said + 1);
        }
        boolean header = words.stream().anyMatch(word -> word.startsWith("--output-pch="));
        String language = switch (program) {
            case "cc1" -> words.contains("-lang-asm") ? "assembler-with-cpp" : "c";
            case "cc1plus" -> "c++";
            case "cc1obj" -> "objective-c";
            default -> "assembler";
        };
        if (words.contains("-fpreprocessed")) {
            return language.equals("c") ? "cpp-output" : language + "-cpp-output";
        }
        return header ? language + "-header" : language;
    }

    private String absolute(String file) {
        return ContainerPath.of(directory.toString()).resolve(file).value();
    }
}
