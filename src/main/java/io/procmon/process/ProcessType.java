package io.procmon.process;

import java.util.List;

/** The kind of program that a process image is. */
public sealed interface ProcessType {

    /** The name that metrics and events use, such as {@code GCC}. */
    String label();

    /** A compiler driver or an interpreter. */
    record Known(Tool tool) implements ProcessType {
        @Override
        public String label() {
            return tool.type();
        }
    }

    /**
     * A program that another one has loaded into its own process, or represents.
     *
     * @param by the name of the other program in events, such as {@code valgrind} or {@code ccache}
     * @param program the kind of the program itself
     * @param argv the command line of the program itself
     */
    record Wrapped(String by, ProcessType program, List<String> argv) implements ProcessType {
        @Override
        public String label() {
            return program.label();
        }
    }

    /** A program in a homework directory, which the student has built. */
    record UserBinary() implements ProcessType {
        @Override
        public String label() {
            return "USER_BINARY";
        }
    }

    /**
     * A script in a homework directory whose {@code #!} line names a program that is not a known tool.
     *
     * @param path the script
     */
    record Script(ContainerPath path) implements ProcessType {
        @Override
        public String label() {
            return "SCRIPT";
        }
    }
}
