package io.procmon.parser.cc;

import java.util.Locale;
import java.util.Optional;

/**
 * A line of an option table.
 *
 * @param name how it begins, such as {@code -std=}
 * @param form where its value stands
 * @param values how many of the following arguments belong to it, if it takes them
 * @param effect what procmon makes of it
 * @param detail says more about the effect, such as the step of {@link Effect#STOP}; mostly empty
 */
record Option(String name, Form form, int values, Effect effect, String detail) {

    /** Where the value of an option stands. */
    enum Form {
        /** Nowhere: {@code -c}. */
        FLAG,
        /** In the same argument: {@code -std=c11}. */
        JOINED,
        /** In the next argument: {@code -Xlinker -z}. */
        SEPARATE,
        /** In the same argument, and in the next if there is nothing in the same: {@code -Idir}, {@code -I dir}. */
        EITHER,
        /** In the same argument, where it may be empty, and in the next: {@code -Xarch_arm64 -O3}. */
        BOTH
    }

    /** What procmon makes of an option. */
    enum Effect {
        /** Nothing. */
        NONE,
        /** Its value is the output. */
        OUTPUT,
        /** Its value is the language of the files that follow. */
        LANGUAGE,
        /** Its value is a library. */
        LIBRARY,
        /** Its value is a directory with libraries. */
        LIBRARY_DIRECTORY,
        /** The driver goes no further than the step in the detail. */
        STOP,
        /** The driver writes a rule for make and no more. */
        DEPENDENCIES,
        /** Its value is where that rule goes. */
        DEPENDENCY_FILE,
        /** LLVM's own code is written instead of the machine's. */
        LLVM,
        /** Something else is written, with the suffix in the detail. */
        EMIT,
        /** The driver answers and compiles nothing. */
        ASK,
        /** The driver calls a part of itself. */
        INTERNAL,
        /** All that follows are files. */
        OPERANDS,
        /** Its value is the language's version. */
        STANDARD,
        /** The language's version is the oldest one. */
        ANSI,
        /** A warning, as it stands. */
        WARNING,
        /** The level of optimisation, as it stands. */
        OPTIMIZATION
    }

    /** Reads such as {@code -x either language}. */
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

    /** What follows the name in an argument that this option begins; empty if the argument is not this option. */
    Optional<String> joined(String argument) {
        String rest = argument.substring(name.length());
        return switch (form) {
            case FLAG, SEPARATE -> rest.isEmpty() ? Optional.of(rest) : Optional.empty();
            case JOINED, EITHER, BOTH -> Optional.of(rest);
        };
    }

    /** How many of the next arguments belong to it, given what follows the name in its own. */
    int following(String joined) {
        return switch (form) {
            case FLAG, JOINED -> 0;
            case SEPARATE, BOTH -> values;
            case EITHER -> joined.isEmpty() ? values : 0;
        };
    }
}
