package io.procmon.parser.cc;

import java.util.Locale;
import java.util.Optional;

/**
 * A line of an option table.
 *
 * @param name the beginning of the option, such as {@code -std=}
 * @param form the place of its value
 * @param values the number of following arguments that are its values, if the form allows it
 * @param effect the meaning for procmon
 * @param detail a parameter of the effect, such as the step of {@link Effect#STOP}; mostly empty
 */
record Option(String name, Form form, int values, Effect effect, String detail) {

    /** The place of an option's value. */
    enum Form {
        /** It has no value: {@code -c}. */
        FLAG,
        /** In the same argument: {@code -std=c11}. */
        JOINED,
        /** In the next argument: {@code -Xlinker -z}. */
        SEPARATE,
        /** In the same argument; if that is empty, in the next: {@code -Idir}, {@code -I dir}. */
        EITHER,
        /** In the same argument, where it may be empty, and in the next: {@code -Xarch_arm64 -O3}. */
        BOTH
    }

    /** The meaning of an option for procmon. */
    enum Effect {
        /** No meaning. */
        NONE,
        /** Its value is the output. */
        OUTPUT,
        /** Its value is the language of the files that follow. */
        LANGUAGE,
        /** Its value is a library. */
        LIBRARY,
        /** Its value is a directory with libraries. */
        LIBRARY_DIRECTORY,
        /** The driver stops after the step in the detail. */
        STOP,
        /** The driver writes a rule for make and nothing else. */
        DEPENDENCIES,
        /** Its value is the file for that rule. */
        DEPENDENCY_FILE,
        /** The driver writes LLVM code instead of machine code. */
        LLVM,
        /** The driver writes another kind of file, with the suffix in the detail. */
        EMIT,
        /** The driver prints information and compiles nothing. */
        ASK,
        /** The driver calls a part of itself. */
        INTERNAL,
        /** All following arguments are files. */
        OPERANDS,
        /** Its value is the version of the language. */
        STANDARD,
        /** It sets the oldest version of the language. */
        ANSI,
        /** A warning flag, as given. */
        WARNING,
        /** The level of optimisation, as given. */
        OPTIMIZATION
    }

    /** Parses a line such as {@code -x either language}. */
    static Option of(String line) {
        String[] words = line.split("\\s+", 4);
        String[] form = words[1].split(":", 2);
        return new Option(
                words[0],
                Form.valueOf(form[0].toUpperCase(Locale.ROOT)),
                form.length == 1 ? 1 : Integer.parseInt(form[1]),
                words[2].equals("-")
                        ? Effect.NONE
                        : Effect.valueOf(words[2].replace('-', '_').toUpperCase(Locale.ROOT)),
                words.length == 4 ? words[3] : "");
    }

    /** The text after the name in an argument that begins with this option; empty if the argument is another option. */
    Optional<String> joined(String argument) {
        String rest = argument.substring(name.length());
        return switch (form) {
            case FLAG, SEPARATE -> rest.isEmpty() ? Optional.of(rest) : Optional.empty();
            case JOINED, EITHER, BOTH -> Optional.of(rest);
        };
    }

    /**
     * The number of following arguments that are its values, by the text that follows its name in the same argument.
     */
    int following(String joined) {
        return switch (form) {
            case FLAG, JOINED -> 0;
            case SEPARATE, BOTH -> values;
            case EITHER -> joined.isEmpty() ? values : 0;
        };
    }
}
