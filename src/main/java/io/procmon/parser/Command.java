package io.procmon.parser;

import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.function.Function;

/** What a command line means. */
public sealed interface Command {

    /** Something that a student did. */
    sealed interface Action extends Command {

        /** The path that stands for it. */
        ContainerPath target();
    }

    /**
     * A compiler that compiles or links.
     *
     * @param sources the source files in the order of the command line; none if it only links
     * @param inputs all other input files in the order of the command line: objects, archives, linker scripts
     * @param outputs the files that it writes, named by the command line or by default; none if there is no such file,
     *     or if nobody can tell
     * @param settings how it does it
     */
    record Compile(
            List<Source> sources, List<ContainerPath> inputs, List<ContainerPath> outputs, CompilerSettings settings)
            implements Action {

        /** Of the paths of a list, so many characters: a student may name a thousand files, in a directory a thousand deep. */
        private static final int PATHS_MAX = 128 * 1024;

        private static final int CLIPPED_PATHS_MAX = 512;

        /** Of lists that are too long, what is behind is left out; the arguments are all there. */
        public Compile {
            sources = first(sources, Source::path, PATHS_MAX);
            inputs = first(inputs, path -> path, PATHS_MAX);
            outputs = first(outputs, path -> path, PATHS_MAX);
        }

        /** The same with the files that its paths lead to. */
        public Compile resolved(ProcessFiles files) {
            return new Compile(
                    sources.stream()
                            .map(source -> new Source(files.resolve(source.path()), source.language()))
                            .toList(),
                    inputs.stream().map(files::resolve).toList(),
                    outputs.stream().map(files::resolveEntry).toList(),
                    settings.resolved(files));
        }

        /** The same with fewer of its files, by clipped paths, where there is no memory for all. */
        public Compile clipped() {
            return new Compile(
                    first(
                            sources.stream()
                                    .map(source -> new Source(source.path().clipped(), source.language()))
                                    .toList(),
                            Source::path,
                            CLIPPED_PATHS_MAX),
                    clipped(inputs),
                    clipped(outputs),
                    settings.clipped());
        }

        private static List<ContainerPath> clipped(List<ContainerPath> files) {
            return first(files.stream().map(ContainerPath::clipped).toList(), path -> path, CLIPPED_PATHS_MAX);
        }

        /** As many files as there is room for, but one at the least. */
        private static <T> List<T> first(List<T> files, Function<T, ContainerPath> path, int room) {
            int characters = 0;
            for (int i = 0; i < files.size(); i++) {
                characters += path.apply(files.get(i)).value().length();
                if (characters > room && i > 0) {
                    return List.copyOf(files.subList(0, i));
                }
            }
            return files;
        }

        /** The first source file; of a call that only links, its output. */
        @Override
        public ContainerPath target() {
            if (!sources.isEmpty()) {
                return sources.getFirst().path();
            }
            return outputs.isEmpty() ? inputs.getFirst() : outputs.getFirst();
        }

        /** Whether it makes what can run. A compiler without steps, such as javac, does. */
        public boolean makesProgram() {
            return settings.step().map(CompilerSettings.Step.LINK::equals).orElse(true);
        }
    }

    /**
     * A program that runs.
     *
     * @param target the script or binary; for a module, the directory that it was started in
     * @param targetIsDirectory whether {@code target} is a directory
     * @param installed whether what runs is no file of the student and no runner of such files: {@code python -m pip}
     */
    record Run(ContainerPath target, boolean targetIsDirectory, boolean installed) implements Action {

        /** A run of the student's own file, or of a runner of such files. */
        public Run(ContainerPath target, boolean targetIsDirectory) {
            this(target, targetIsDirectory, false);
        }

        /** A module that is installed, run in a directory. */
        static Run ofInstalled(ContainerPath directory) {
            return new Run(directory, true, true);
        }

        /** The same with a clipped path. */
        public Run clipped() {
            return new Run(target.clipped(), targetIsDirectory, installed);
        }

        /** The same with the file that its path leads to. */
        public Run resolved(ProcessFiles files) {
            return new Run(files.resolve(target), targetIsDirectory, installed);
        }
    }

    /** Nothing that a student did: see {@link Why}. */
    record Nothing(Why why) implements Command {}

    /** Why a command line is no activity. */
    enum Why {
        /** It only asks the tool about itself: {@code --version}, {@code -print-search-dirs}. */
        INFORMATION,
        /** It names no file: {@code python} at a prompt, {@code gcc} alone. */
        NO_INPUT,
        /** A compiler driver calls a part of itself: {@code clang -cc1}. */
        INTERNAL,
        /** Its program stands on the command line or comes by standard input: {@code python -c}. There is no file. */
        INLINE,
        /** The tool does not understand it either: an unknown option, an option without its value. */
        REFUSED,
        /** What it starts is the activity, and not this: {@code cargo run}. */
        STARTS_ANOTHER
    }
}
