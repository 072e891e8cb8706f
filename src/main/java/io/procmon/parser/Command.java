package io.procmon.parser;

import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Optional;

/** What a command line means. */
public sealed interface Command {

    /** Something that a student did. */
    sealed interface Action extends Command {

        /** The path that stands for it. */
        ContainerPath target();
    }

    /**
     * A compiler driver that compiles or links.
     *
     * @param sources the source files in the order of the command line; none if it only links
     * @param inputs all input files, sources, objects and libraries, in the order of the command line
     * @param output where it writes, as {@code -o} names it; empty if the compiler chooses
     */
    record Compile(List<ContainerPath> sources, List<ContainerPath> inputs, Optional<ContainerPath> output)
            implements Action {

        /** The first source file; of a call that only links, its output, else its first input. */
        @Override
        public ContainerPath target() {
            return sources.isEmpty() ? output.orElse(inputs.getFirst()) : sources.getFirst();
        }
    }

    /**
     * A program that runs.
     *
     * @param target the script or binary; for a module, the directory that it was started in
     * @param targetIsDirectory whether {@code target} is a directory
     */
    record Run(ContainerPath target, boolean targetIsDirectory) implements Action {}

    /** Nothing that a student did: see {@link Why}. */
    record Nothing(Why why) implements Command {}

    /** Why a command line is no activity. */
    enum Why {
        /** It only asks the tool about itself: {@code --version}, {@code -print-search-dirs}. */
        INFORMATION,
        /** It names no file: {@code python} at a prompt, {@code gcc} alone. */
        NO_INPUT,
        /** A compiler driver calls a part of itself: {@code clang -cc1}. */
        INTERNAL
    }
}
