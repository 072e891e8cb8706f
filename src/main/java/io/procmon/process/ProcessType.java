package io.procmon.process;

import java.util.List;

/** What kind of program a process image is. */
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
     * A program that another one has taken into its own process, or that it stands for.
     *
     * @param by what events call that other one, such as {@code valgrind} or {@code ccache}
     * @param program what kind of program it is itself
     * @param argv its own command line
     */
    record Wrapped(String by, ProcessType program, List<String> argv) implements ProcessType {
        @Override
        public String label() {
            return program.label();
        }
    }

    /** A program that lies in a homework directory: one that the student built. */
    record UserBinary() implements ProcessType {
        @Override
        public String label() {
            return "USER_BINARY";
        }
    }

    /**
     * A script in a homework directory whose {@code #!} line names a program that is no known tool.
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
