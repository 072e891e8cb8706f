package io.procmon.process;

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

    /** A program that lies in a homework directory: one that the student built. */
    record UserBinary() implements ProcessType {
        @Override
        public String label() {
            return "USER_BINARY";
        }
    }
}
