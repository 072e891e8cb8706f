package io.procmon.parser;

import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.function.Function;

/** The meaning of a command line. */
public sealed interface Command {

    /** An action of a student. */
    sealed interface Action extends Command {

        /** The path that identifies the action. */
        ContainerPath target();
    }

    /**
     * A compiler that compiles or links.
     *
     * @param sources the source files in the order of the command line; none if it only links
     * @param inputs all other input files in the order of the command line: objects, archives, linker scripts
     * @param outputs the files that it writes, as the command line or the default names them; none if there is no such
     * file, or if the names are unknown
     * @param settings the options that a teacher may ask about
     */
    record Compile(
            List<Source> sources, List<ContainerPath> inputs, List<ContainerPath> outputs, CompilerSettings settings)
            implements Action {

        /**
         * The limit of characters in the paths of one list. A student may name a thousand files in a directory that is
         * a thousand levels deep.
         */
        private static final int PATHS_MAX = 128 * 1024;

        private static final int CLIPPED_PATHS_MAX = 512;

        /** Lists that are too long are cut at the end. The arguments stay complete. */
        public Compile {
            sources = first(sources, Source::path, PATHS_MAX);
            inputs = first(inputs, path -> path, PATHS_MAX);
            outputs = first(outputs, path -> path, PATHS_MAX);
        }

        /** The same with resolved paths. */
        public Compile resolved(ProcessFiles files) {
            return new Compile(
                    sources.stream()
                            .map(source -> new Source(files.resolve(source.path()), source.language()))
                            .toList(),
                    inputs.stream().map(files::resolve).toList(),
                    outputs.stream().map(files::resolveEntry).toList(),
                    settings.resolved(files));
        }

        /** The same with fewer files and clipped paths, for when memory is short. */
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

        /** The first files up to the limit of characters, but at least one. */
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

        /** The first source file; if the command only links, its output. */
        @Override
        public ContainerPath target() {
            if (!sources.isEmpty()) {
                return sources.getFirst().path();
            }
            return outputs.isEmpty() ? inputs.getFirst() : outputs.getFirst();
        }

        /** Whether the compiler writes a program or a library. A compiler without steps, such as javac, does. */
        public boolean makesProgram() {
            return settings.step().map(CompilerSettings.Step.LINK::equals).orElse(true);
        }
    }

    /**
     * A program that runs.
     *
     * @param target the script or binary; for a module, the directory that it was started in
     * @param targetIsDirectory whether {@code target} is a directory
     * @param installed whether the program is neither a file of the student nor a runner of such files: {@code python
     * -m pip}
     */
    record Run(ContainerPath target, boolean targetIsDirectory, boolean installed) implements Action {

        /** A run of the student's own file, or of a runner of such files. */
        public Run(ContainerPath target, boolean targetIsDirectory) {
            this(target, targetIsDirectory, false);
        }

        /** A run of an installed module in a directory. */
        static Run ofInstalled(ContainerPath directory) {
            return new Run(directory, true, true);
        }

        /** The same with a clipped path. */
        public Run clipped() {
            return new Run(target.clipped(), targetIsDirectory, installed);
        }

        /** The same with a resolved path. */
        public Run resolved(ProcessFiles files) {
            return new Run(files.resolve(target), targetIsDirectory, installed);
        }
    }

    /** No action of a student; see {@link Why}. */
    record Nothing(Why why) implements Command {}

    /** The reason why a command line is not an activity. */
    enum Why {
        /** It only asks for information about the tool: {@code --version}, {@code -print-search-dirs}. */
        INFORMATION,
        /** It names no file: {@code python} at a prompt, {@code gcc} alone. */
        NO_INPUT,
        /** A compiler driver calls a part of itself: {@code clang -cc1}. */
        INTERNAL,
        /** The program is on the command line or comes from standard input, not from a file: {@code python -c}. */
        INLINE,
        /** The tool rejects it: an unknown option, an option without its value. */
        REFUSED,
        /** The program that it starts is the activity: {@code cargo run}. */
        STARTS_ANOTHER
    }
}
