package io.procmon.parser;

import io.procmon.process.OptionGrammar;
import io.procmon.process.OptionGrammar.Letter;
import java.util.List;
import java.util.Optional;

/**
 * Reads a command line word by word, by the grammar of a tool. An unknown option is read like a flag, unless the
 * grammar covers all options: {@code --name=value} has a value, {@code --name} has none. So an unknown option never
 * consumes the next argument.
 */
final class OptionReader {

    /** A word of a command line. */
    sealed interface Word {

        /**
         * An option.
         *
         * @param name the name with its dashes: {@code -W}, {@code --edition}
         * @param value the value; empty if it has none
         */
        record Option(String name, String value) implements Word {}

        /** An argument that is neither an option nor the value of one. */
        record Operand(String text) implements Word {}

        /** A word that the tool itself rejects: an unknown letter, an option without its value. */
        record Mistake() implements Word {}
    }

    private final OptionGrammar grammar;
    private final List<String> arguments;
    private int next;
    private String letters = "";
    private int letter;
    private boolean onlyOperands;

    OptionReader(OptionGrammar grammar, List<String> arguments) {
        this.grammar = grammar;
        this.arguments = arguments;
    }

    /** The next word; empty after the last one. */
    Optional<Word> next() {
        if (letter < letters.length()) {
            return Optional.of(letter());
        }
        if (next == arguments.size()) {
            return Optional.empty();
        }
        String argument = arguments.get(next++);
        if (!onlyOperands && grammar.end().contains(argument)) {
            onlyOperands = true;
            return next();
        }
        if (onlyOperands || argument.length() < 2 || grammar.prefixes().indexOf(argument.charAt(0)) < 0) {
            return Optional.of(new Word.Operand(argument));
        }
        if (grammar.letters().isEmpty() || argument.startsWith("--") || isLong(argument)) {
            return Optional.of(wholeOption(argument));
        }
        letters = argument;
        letter = 1;
        return Optional.of(letter());
    }

    /** The arguments after the word that was read last. */
    List<String> rest() {
        return arguments.subList(next, arguments.size());
    }

    /** Whether the argument is a long option with one dash, not a group of letters. */
    private boolean isLong(String argument) {
        return argument.length() > 2 && grammar.names(argument);
    }

    private Word wholeOption(String argument) {
        int equals = argument.indexOf('=');
        if (equals >= 0 && !grammar.complete()) {
            return new Word.Option(name(argument.substring(0, equals)), argument.substring(equals + 1));
        }
        String name = name(argument);
        if (!grammar.takes(name)) {
            return new Word.Mistake();
        }
        return grammar.values().contains(name) ? withNext(name) : new Word.Option(name, "");
    }

    /**
     * The name in the grammar. If the grammar has the name with one dash, a second dash makes no difference, as in Go's
     * package flag.
     */
    private String name(String option) {
        return option.startsWith("--") && !grammar.names(option) && grammar.names(option.substring(1))
                ? option.substring(1)
                : option;
    }

    private Word letter() {
        char character = letters.charAt(letter++);
        String name = letters.substring(0, 1) + character;
        Optional<Letter> kind = Optional.ofNullable(grammar.letters().get(character));
        if (kind.isEmpty()) {
            return new Word.Mistake();
        }
        return switch (kind.get()) {
            case ALONE -> new Word.Option(name, "");
            case NUMBER -> new Word.Option(name, digits());
            case OPTIONAL_VALUE -> new Word.Option(name, restOfLetters());
            case VALUE -> letter < letters.length() ? new Word.Option(name, restOfLetters()) : withNext(name);
            case NEXT_ARGUMENT -> withNext(name);
        };
    }

    private Word withNext(String name) {
        return next == arguments.size() ? new Word.Mistake() : new Word.Option(name, arguments.get(next++));
    }

    private String restOfLetters() {
        String rest = letters.substring(letter);
        letter = letters.length();
        return rest;
    }

    private String digits() {
        int start = letter;
        while (letter < letters.length() && Character.isDigit(letters.charAt(letter))) {
            letter++;
        }
        return letters.substring(start, letter);
    }
}
