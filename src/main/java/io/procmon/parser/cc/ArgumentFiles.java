package io.procmon.parser.cc;

import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Puts the arguments that a file holds in the place of {@code @file}: for one command line.
 *
 * <p>As libiberty/argv.c does it ({@code expandargv}, {@code buildargv}), and clang the same way: white space separates,
 * quotes of both kinds hold together, a backslash takes the next character as it is, and files may name further files,
 * all relative to the working directory. What cannot be read stays as it is; so does a file within itself.
 */
public final class ArgumentFiles {

    /** GCC gives up after 2000; what a build system writes is one, seldom two. */
    private static final int FILES_MAX = 64;

    private static final int CHARACTERS_MAX = 1 << 20;

    /** What is still to be read: an argument, or the mark behind the last one of a file. */
    private sealed interface Item {
        record Argument(String text) implements Item {}

        record EndOfFile(ContainerPath file) implements Item {}
    }

    private final ProcessFiles files;
    private final ContainerPath cwd;
    private final Deque<Item> items = new ArrayDeque<>();
    private final Set<ContainerPath> open = new HashSet<>();
    private final List<String> unread = new ArrayList<>();
    private int filesLeft = FILES_MAX;
    private int charactersLeft = CHARACTERS_MAX;

    /** @param cwd where the names of files start from */
    public ArgumentFiles(ProcessFiles files, ContainerPath cwd) {
        this.files = files;
        this.cwd = cwd;
    }

    /** The arguments with all files in place. */
    public List<String> expand(List<String> arguments) {
        if (arguments.stream().noneMatch(argument -> argument.startsWith("@"))) {
            return arguments;
        }
        List<String> expanded = new ArrayList<>(arguments.size());
        arguments.forEach(argument -> items.add(new Item.Argument(argument)));
        while (!items.isEmpty()) {
            switch (items.poll()) {
                case Item.EndOfFile end -> open.remove(end.file());
                case Item.Argument argument -> {
                    if (!argument.text().startsWith("@") || !enter(argument.text())) {
                        expanded.add(argument.text());
                    }
                }
            }
        }
        return expanded;
    }

    /** Those that could not be read, without the at sign. */
    List<String> unread() {
        return List.copyOf(unread);
    }

    private boolean enter(String argument) {
        ContainerPath file = cwd.resolve(argument.substring(1));
        Optional<String> text = filesLeft > 0 && !open.contains(file) ? files.read(file) : Optional.empty();
        if (text.isEmpty() || text.get().length() > charactersLeft) {
            unread.add(argument.substring(1));
            return false;
        }
        filesLeft--;
        charactersLeft -= text.get().length();
        open.add(file);
        items.push(new Item.EndOfFile(file));
        split(text.get()).reversed().forEach(word -> items.push(new Item.Argument(word)));
        return true;
    }

    /** Splits as {@code buildargv} does. */
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && isSpace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
                continue;
            }
            inWord = true;
            if (c == '\\') {
                if (++i < text.length()) {
                    word.append(text.charAt(i));
                }
            } else if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else {
                word.append(c);
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    /** As isspace(3) in the C locale. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
