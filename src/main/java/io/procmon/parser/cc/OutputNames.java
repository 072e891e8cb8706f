package io.procmon.parser.cc;

import io.procmon.parser.CompilerSettings.Step;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Where a driver writes: GCC manual, "Overall Options", and clang's Driver::GetNamedOutputPath. What comes along with the
 * output (dependency files, temporary files that are kept, debug information of its own) does not count.
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

    /** The command line says where; the last one counts. */
    void named(String file) {
        named = Optional.of(file);
    }

    /** Rules for make are all that is written, to the named output if no other file is named for them. */
    void dependenciesOnly() {
        dependenciesOnly = true;
    }

    /** Where rules for make go. */
    void dependencyFile(String file) {
        dependencyFile = Optional.of(file);
    }

    /** LLVM's code is written: readable where it would be assembly, else its bitcode. */
    void llvm() {
        llvm = true;
    }

    /** Whatever is written for a source ends so. */
    void suffix(String name) {
        suffix = Optional.of("." + name);
    }

    /** Whether headers are all that there is to translate: they are precompiled, and nothing is linked. */
    boolean onlyHeaders(List<Source> sources, List<ContainerPath> inputs) {
        return inputs.isEmpty() && sources.stream().allMatch(OutputNames::isHeader);
    }

    /** The files that are written after a step; none where standard output is the place, or nothing is written. */
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

    /** A precompiled header lies beside the header, all else in the working directory. */
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
