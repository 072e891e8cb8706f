package io.procmon.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An absolute path inside a student's container, normalised as text.
 *
 * <p>{@code .}, {@code ..} and {@code //} are resolved as path_resolution(7) does it without links. The type does not
 * use {@code java.nio.file}, which would look for the container's files on the disk of this node.
 *
 * @param value such as {@code /home/coder/project/hw1/main.c}; only the root ends in a slash
 */
public record ContainerPath(String value) {

    /** Replaces components that are missing in a record: {@code /…/src/main.c}. */
    public static final String CUT = "…";

    /**
     * Replaces a slash within a name. The name of a memory file can contain one, although the file is in no directory.
     */
    private static final char SLASH_IN_NAME = '\u2215';

    /** The approximate number of characters of a clipped path. The name of a file has at most 255. */
    private static final int CLIPPED_LENGTH = 256;

    private static final ContainerPath ROOT = new ContainerPath("/");

    /** Normalises a path. A path without a slash at its beginning is relative to the root. */
    public static ContainerPath of(String path) {
        return isNormal(path) ? new ContainerPath(path) : normalise(path);
    }

    /** Makes a name from the kernel one component: another character replaces each slash. */
    public static String nameWithSlashes(String name) {
        return name.replace('/', SLASH_IN_NAME);
    }

    /** Resolves a path with this path as the working directory. */
    public ContainerPath resolve(String other) {
        return of(other.startsWith("/") ? other : value + "/" + other);
    }

    /** The names from the root downwards; none for the root itself. */
    public List<String> components() {
        return value.length() == 1 ? List.of() : split(value);
    }

    /**
     * The path relative to the first directory of a name, such as {@code src/list.c}; empty if the path does not lead
     * through a directory of this name.
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

    /** The parent directory; the root is its own parent. */
    public ContainerPath parent() {
        int slash = value.lastIndexOf('/');
        return slash <= 0 ? ROOT : new ContainerPath(value.substring(0, slash));
    }

    /** The same path if it is short; otherwise its end, below {@link #CUT}. */
    public ContainerPath clipped() {
        if (value.length() <= CLIPPED_LENGTH) {
            return this;
        }
        int slash = value.indexOf('/', value.length() - CLIPPED_LENGTH);
        return new ContainerPath("/" + CUT + "/" + (slash < 0 ? fileName() : value.substring(slash + 1)));
    }

    /** Whether this path is {@code directory} or is below it, by whole components. */
    public boolean isWithin(ContainerPath directory) {
        String prefix = directory.value;
        return value.startsWith(prefix)
                && (value.length() == prefix.length() || prefix.length() == 1 || value.charAt(prefix.length()) == '/');
    }

    @Override
    public String toString() {
        return value;
    }

    /** Whether a path is already normal, as most are. All paths from the kernel are normal. */
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
