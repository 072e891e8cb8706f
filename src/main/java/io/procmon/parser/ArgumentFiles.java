package io.procmon.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Replaces argument files by their contents, as in {@code javac @files} and {@code java @files}. Arguments are
 * separated by white space and may be quoted; a number sign begins a comment. An argument file cannot name another one.
 */
final class ArgumentFiles {

    private static final Pattern WORD = Pattern.compile("#[^\\r\\n]*|(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])++");

    private final Invocation invocation;
    private final List<String> unread = new ArrayList<>();

    ArgumentFiles(Invocation invocation) {
        this.invocation = invocation;
    }

    /**
     * The arguments, with the contents of argument files in place of their names. A file that cannot be read stays as
     * it is.
     */
    List<String> expand() {
        List<String> arguments = invocation.arguments();
        if (arguments.stream().noneMatch(ArgumentFiles::isFile)) {
            return arguments;
        }
        List<String> expanded = new ArrayList<>();
        for (String argument : arguments) {
            if (isFile(argument)) {
                expanded.addAll(read(argument).orElseGet(() -> unread(argument)));
            } else {
                expanded.add(argument);
            }
        }
        return expanded;
    }

    /** The files that could not be read, without the at sign. */
    List<String> unread() {
        return List.copyOf(unread);
    }

    private Optional<List<String>> read(String argument) {
        return invocation
                .files()
                .read(invocation.cwd().resolve(argument.substring(1)))
                .map(ArgumentFiles::words);
    }

    private List<String> unread(String argument) {
        unread.add(argument.substring(1));
        return List.of(argument);
    }

    private static boolean isFile(String argument) {
        return argument.length() > 1 && argument.charAt(0) == '@';
    }

    private static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(word -> !word.startsWith("#"))
                .map(word -> word.replace("\"", "").replace("'", ""))
                .toList();
    }
}
