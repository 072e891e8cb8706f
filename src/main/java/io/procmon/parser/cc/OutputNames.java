package io.procmon.parser.cc;

import io.procmon.parser.CompilerSettings.Step;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The output files of a driver. Sources: GCC manual, "Overall Options", and clang's Driver::GetNamedOutputPath.
 * Secondary outputs do not count: dependency files, temporary files that are kept, and separate debug information.
 */
final class OutputNames {

    private static final String STANDARD_OUTPUT = "-";

    private final ContainerPath cwd;
    private Optional<String> named = Optional.empty();
    private Optional<String> dependencyFile = Optional.empty();
    private Optional<String> suffix = Optional.empty();
    private boolean dependenciesOnly;
    private boolean llvm;

    OutputNames(ContainerPath cwd) {
        this.cwd = cwd;
    }

    /** The command line names the output. The last name counts. */
    void named(String file) {
        named = Optional.of(file);
    }

    /** The driver writes only rules for make. They go to the named output, unless another file is named for them. */
    void dependenciesOnly() {
        dependenciesOnly = true;
    }

    /** The file for rules for make. */
    void dependencyFile(String file) {
        dependencyFile = Optional.of(file);
    }

    /** The driver writes LLVM code: its text form in place of assembly, otherwise bitcode. */
    void llvm() {
        llvm = true;
    }

    /** All outputs for sources have this suffix. */
    void suffix(String name) {
        suffix = Optional.of("." + name);
    }

    /** Whether there are only headers to translate. They are precompiled, and nothing is linked. */
    boolean onlyHeaders(List<Source> sources, List<ContainerPath> inputs) {
        return inputs.isEmpty() && sources.stream().allMatch(OutputNames::isHeader);
    }

    /** The files that the driver writes after a step; none if it writes to standard output, or nothing. */
    List<ContainerPath> of(Step step, List<Source> sources) {
        if (step == Step.CHECK || (step != Step.LINK && sources.isEmpty())) {
            return List.of();
        }
        Optional<String> explicitly = dependenciesOnly ? dependencyFile.or(() -> named) : named;
        if (explicitly.isPresent()) {
            return explicitly.stream()
                    .filter(Predicate.not(STANDARD_OUTPUT::equals))
                    .map(cwd::resolve)
                    .toList();
        }
        return switch (step) {
            case PREPROCESS, CHECK -> List.of();
            case COMPILE, ASSEMBLE ->
                sources.stream().map(source -> ofSource(source, step)).toList();
            case LINK -> List.of(cwd.resolve("a.out"));
        };
    }

    /**
     * The output for a source. A precompiled header is written to the directory of the header, other outputs to the
     * working directory.
     */
    private ContainerPath ofSource(Source source, Step step) {
        if (suffix.isEmpty() && isHeader(source)) {
            return source.path().parent().resolve(source.path().fileName() + ".gch");
        }
        return cwd.resolve(stem(source.path().fileName()) + suffix.orElse(suffixAfter(step)));
    }

    private String suffixAfter(Step step) {
        if (step == Step.COMPILE) {
            return llvm ? ".ll" : ".s";
        }
        return llvm ? ".bc" : ".o";
    }

    private static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot < 0 ? fileName : fileName.substring(0, dot);
    }

    private static boolean isHeader(Source source) {
        return source.language().endsWith("-header");
    }
}
