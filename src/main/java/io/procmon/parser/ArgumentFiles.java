package io.procmon.parser;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Arguments that stand in files, as {@code javac @files} and {@code java @files} have them: separated by white space,
 * quoted where they need it, with comments behind a number sign. A file does not name another one.
 */
final class ArgumentFiles {

    private static final Pattern WORD = Pattern.compile("#[^\\r\\n]*|(?:\"[^\"]*\"|'[^']*'|[^\\s\"'])++");

    private final Invocation invocation;
    private final List<String> unread = new ArrayList<>();

    ArgumentFiles(Invocation invocation) {
        this.invocation = invocation;
    }

    /** The arguments, with those of the files in place of the files; a file that can't be read stays as it is. */
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

    /** Those that could not be read, without the at sign. */
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
