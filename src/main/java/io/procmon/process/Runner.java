package io.procmon.process;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A program in the language of an interpreter that runs another program: {@code pytest}, {@code coverage run}, {@code
 * tsx}. Its own command line names the student's file. That command line is the end of the interpreter's.
 *
 * @param name the name of the runner: {@code pytest}
 * @param script matches the whole path of its script; by default a file of its name, with or without a version, in a
 * directory {@code bin}
 * @param command the sub-command that runs a program, if there are several: {@code run}
 * @param operand the meaning of its first operand
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
        /** An environment that it creates or fills. It runs no program of the student. */
        ENVIRONMENT
    }
}
