package io.procmon.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An absolute path inside a student's container, normalised by its text alone.
 *
 * <p>{@code java.nio.file} would ask this node's disk about the container's files, so this type never does:
 * {@code .}, {@code ..} and {@code //} are resolved as path_resolution(7) does where no link is involved.
 *
 * @param value such as {@code /home/coder/project/hw1/main.c}; never ends in a slash, but for the root itself
 */
public record ContainerPath(String value) {

    /** Stands for the components that a record had no room for: {@code /…/src/main.c}. */
    public static final String CUT = "…";

    /** Stands for a slash within a name: a memory file can have one, and still lies in no directory. */
    private static final char SLASH_IN_NAME = '\u2215';

    /** A clipped path keeps about as many characters: the longest name of a file has 255. */
    private static final int CLIPPED_LENGTH = 256;

    private static final ContainerPath ROOT = new ContainerPath("/");

    /** Normalises a path; one that does not start with a slash is taken from the root. */
    public static ContainerPath of(String path) {
        return isNormal(path) ? new ContainerPath(path) : normalise(path);
    }

    /** A name from the kernel as one component: each slash in it is replaced by a character that separates nothing. */
    public static String nameWithSlashes(String name) {
        return name.replace('/', SLASH_IN_NAME);
    }

    /** The path that {@code other} means when this one is the working directory. */
    public ContainerPath resolve(String other) {
        return of(other.startsWith("/") ? other : value + "/" + other);
    }

    /** The names from the root downwards; none for the root itself. */
    public List<String> components() {
        return value.length() == 1 ? List.of() : split(value);
    }

    /**
     * The path relative to the first directory of a name, such as {@code src/list.c}; empty if the path does not lead through a
     * directory of this name.
     */
    public Optional<String> below(String directory) {
        List<String> names = components();
        int at = names.indexOf(directory);
        return at < 0 || at == names.size() - 1
                ? Optional.empty()
                : Optional.of(String.join("/", names.subList(at + 1, names.size())));
    }

    /** The last component, empty for the root. */
    public String fileName() {
        return value.substring(value.lastIndexOf('/') + 1);
    }

    /** The directory that holds this path; the root holds itself. */
    public ContainerPath parent() {
        int slash = value.lastIndexOf('/');
        return slash <= 0 ? ROOT : new ContainerPath(value.substring(0, slash));
    }

    /** The same path if it is short; otherwise its leaf end, below {@link #CUT}. */
    public ContainerPath clipped() {
        if (value.length() <= CLIPPED_LENGTH) {
            return this;
        }
        int slash = value.indexOf('/', value.length() - CLIPPED_LENGTH);
        return new ContainerPath("/" + CUT + "/" + (slash < 0 ? fileName() : value.substring(slash + 1)));
    }

    /** Whether this path is {@code directory} or lies below it, by whole components. */
    public boolean isWithin(ContainerPath directory) {
        String prefix = directory.value;
        return value.startsWith(prefix)
                && (value.length() == prefix.length() || prefix.length() == 1 || value.charAt(prefix.length()) == '/');
    }

    @Override
    public String toString() {
        return value;
    }

    /** Most paths are normal, those from the kernel all: worth one look before any work. */
    private static boolean isNormal(String path) {
        int length = path.length();
        if (length == 0 || path.charAt(0) != '/' || (length > 1 && path.charAt(length - 1) == '/')) {
            return false;
        }
        return !path.contains("//") && !path.contains("/.");
    }

    private static ContainerPath normalise(String path) {
        List<String> kept = new ArrayList<>();
        for (String name : split(path)) {
            switch (name) {
                case "", "." -> {}
                case ".." -> {
                    if (!kept.isEmpty()) {
                        kept.removeLast();
                    }
                }
                default -> kept.add(name);
            }
        }
        return kept.isEmpty() ? ROOT : new ContainerPath("/" + String.join("/", kept));
    }

    private static List<String> split(String path) {
        List<String> names = new ArrayList<>();
        int start = path.startsWith("/") ? 1 : 0;
        for (int slash = path.indexOf('/', start); slash >= 0; slash = path.indexOf('/', start)) {
            names.add(path.substring(start, slash));
            start = slash + 1;
        }
        names.add(path.substring(start));
        return names;
    }
}
