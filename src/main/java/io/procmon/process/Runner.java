package io.procmon.process;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program in the language of an interpreter that runs another one: {@code pytest}, {@code coverage run}, {@code tsx}.
 * The student's file is named by its own command line, which stands behind its name in that of the interpreter.
 *
 * @param name as it is called: {@code pytest}
 * @param script the whole path of its script; by default that of a file of its name, with or without a version, in a
 *     directory {@code bin}
 * @param command the sub-command that runs something, where there are several: {@code run}
 * @param operand what its first operand is
 * @param options its own options
 */
public record Runner(String name, Pattern script, Optional<String> command, Operand operand, OptionGrammar options) {

    /** The meaning of a runner's first operand. */
    public enum Operand {
        /** The file to run; without it, nothing runs. */
        FILE,
        /** Files, directories or modules with tests; without them, those of the working directory. */
        TESTS,
        /** An application, {@code module:name}, or what an option names; without it, that of the working directory. */
        APPLICATION,
        /** Nothing that identifies the activity: it runs in the working directory. */
        NONE,
        /** The program that it starts is the activity. */
        STARTED,
        /** An environment that it makes or fills: it runs nothing of the student. */
        ENVIRONMENT
    }
}
