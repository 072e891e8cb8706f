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
 * Replaces each {@code @file} of one command line by the arguments in the file.
 *
 * <p>The rules are those of {@code expandargv} and {@code buildargv} in libiberty/argv.c; clang has the same. White
 * space separates arguments, both kinds of quotes group them, and a backslash escapes the next character. A file may
 * name further files; all names are relative to the working directory. A file that cannot be read stays as it is. So
 * does a file that names itself.
 */
public final class ArgumentFiles {

    /** GCC stops after 2000 files. A build system writes one, seldom two. */
    private static final int FILES_MAX = 64;

    private static final int CHARACTERS_MAX = 1 << 20;

    /** An item to read: an argument, or the mark after the last argument of a file. */
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

    /** The arguments, with the contents of all files in place of their names. */
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

    /** The files that could not be read, without the at sign. */
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

    /** Splits a text as {@code buildargv} does. */
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

    /** Whether a character is white space, as isspace(3) decides in the C locale. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
