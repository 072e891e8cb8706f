package io.procmon.parser.cc;

import io.procmon.parser.Command;
import io.procmon.parser.Command.Why;
import io.procmon.parser.CompilerSettings;
import io.procmon.parser.CompilerSettings.Step;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The arguments of a driver that were read so far. */
final class Request {

    private static final String STANDARD_INPUT = "-";

    /** Other names of standard input, and other devices, which are not files of a student. */
    private static final ContainerPath DEVICES = ContainerPath.of("/dev");

    /** The names of objects and libraries. */
    private static final Pattern LINKED = Pattern.compile(".*[.](o|obj|lo|la|a|lib|bc|so([.][0-9.]+)?)");

    private final OptionTable table;
    private final boolean plusPlus;
    private final boolean strict;
    private final ContainerPath cwd;
    private final OutputNames outputs;

    private final List<Source> sources = new ArrayList<>();
    private final List<ContainerPath> inputs = new ArrayList<>();
    private final List<String> libraries = new ArrayList<>();
    private final List<ContainerPath> libraryDirectories = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private Optional<String> standard = Optional.empty();
    private Optional<String> optimization = Optional.empty();
    private Optional<String> language = Optional.empty();
    private Optional<Why> nothing = Optional.empty();
    private Step step = Step.LINK;

    /** @param strict whether a file counts only if it has the name of a source, an object or a library */
    Request(OptionTable table, boolean plusPlus, boolean strict, ContainerPath cwd) {
        this.table = table;
        this.plusPlus = plusPlus;
        this.strict = strict;
        this.cwd = cwd;
        this.outputs = new OutputNames(cwd);
    }

    /**
     * Adds an input file. A file without a language is for the linker. An empty name is not a file: drivers reject it.
     */
    void file(String name) {
        if (name.isEmpty()) {
            return;
        }
        ContainerPath path = cwd.resolve(name);
        languageOf(name).ifPresentOrElse(known -> sources.add(new Source(path, known)), () -> {
            if (!strict || LINKED.matcher(name).matches()) {
                inputs.add(path);
            }
        });
    }

    /**
     * Adds an option.
     *
     * @param option the option in the table
     * @param argument the whole argument that begins with it
     * @param value its value, joined or separate; empty if it has none
     */
    void option(Option option, String argument, String value) {
        switch (option.effect()) {
            case NONE, OPERANDS -> {}
            case OUTPUT -> outputs.named(value);
            case LANGUAGE -> language = value.equals("none") ? Optional.empty() : Optional.of(value);
            case LIBRARY -> libraries.add(value);
            case LIBRARY_DIRECTORY -> libraryDirectories.add(cwd.resolve(value));
            case STOP -> stopAt(Step.valueOf(option.detail().toUpperCase(Locale.ROOT)));
            case DEPENDENCIES -> {
                stopAt(Step.PREPROCESS);
                outputs.dependenciesOnly();
            }
            case DEPENDENCY_FILE -> outputs.dependencyFile(value);
            case LLVM -> outputs.llvm();
            case EMIT -> {
                stopAt(Step.COMPILE);
                outputs.suffix(option.detail());
            }
            case ASK -> nothing = Optional.of(Why.INFORMATION);
            case INTERNAL -> nothing = Optional.of(Why.INTERNAL);
            case STANDARD -> standard = Optional.of(value);
            case ANSI -> standard = Optional.of(plusPlus ? "c++98" : "c90");
            case WARNING -> warnings.add(argument);
            case OPTIMIZATION -> optimization = Optional.of(argument);
        }
    }

    /** The meaning of all arguments. */
    Command command(List<String> unreadArgumentFiles) {
        if (nothing.isPresent()) {
            return new Command.Nothing(nothing.get());
        }
        if (sources.isEmpty() && inputs.isEmpty()) {
            return new Command.Nothing(Why.NO_INPUT);
        }
        Step last = outputs.onlyHeaders(sources, inputs) && step == Step.LINK ? Step.COMPILE : step;
        List<Source> files =
                sources.stream().filter(source -> !isStream(source)).toList();
        List<ContainerPath> written = outputs.of(last, sources);
        if (files.isEmpty() && inputs.isEmpty() && written.stream().allMatch(path -> path.isWithin(DEVICES))) {
            return new Command.Nothing(Why.INLINE);
        }
        return new Command.Compile(
                files,
                List.copyOf(inputs),
                written,
                new CompilerSettings(
                        Optional.of(last),
                        standard,
                        List.copyOf(warnings),
                        optimization,
                        List.copyOf(libraries),
                        List.copyOf(libraryDirectories),
                        unreadArgumentFiles));
    }

    /** Whether a source is standard input or a device, so that there is no file to report. */
    private boolean isStream(Source source) {
        return source.path().equals(cwd.resolve(STANDARD_INPUT))
                || source.path().isWithin(DEVICES);
    }

    /** If several options stop the driver, the earliest step counts, in any order of the options. */
    private void stopAt(Step earlier) {
        step = earlier.compareTo(step) < 0 ? earlier : step;
    }

    private Optional<String> languageOf(String name) {
        if (language.isPresent()) {
            return language;
        }
        if (name.equals(STANDARD_INPUT)) {
            return Optional.of(plusPlus ? "c++" : "c");
        }
        return table.language(name, plusPlus);
    }
}
