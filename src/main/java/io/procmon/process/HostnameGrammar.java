package io.procmon.process;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses a container's UTS hostname: a prefix, such as {@code jcode-}, then a text that matches a pattern with the
 * groups {@code course}, {@code section} and {@code student}.
 */
public final class HostnameGrammar {

    private final String prefix;
    private final Pattern rest;
    private final Memo<String, Optional<Student>> students = new Memo<>(this::parse);

    /**
     * Creates a grammar.
     *
     * @throws IllegalArgumentException if the pattern lacks one of the three groups
     */
    public HostnameGrammar(String prefix, Pattern rest) {
        this.prefix = prefix;
        this.rest = rest;
        for (String group : new String[] {"course", "section", "student"}) {
            if (!rest.namedGroups().containsKey(group)) {
                throw new IllegalArgumentException(
                        "there is no group (?<%s>…) in it; course, section and student are needed".formatted(group));
            }
        }
    }

    /** The student that a hostname names; empty if it does not match. */
    public Optional<Student> read(String hostname) {
        return students.get(hostname);
    }

    private Optional<Student> parse(String hostname) {
        if (!hostname.startsWith(prefix)) {
            return Optional.empty();
        }
        Matcher matcher = rest.matcher(hostname.substring(prefix.length()));
        return matcher.matches()
                ? Optional.of(new Student(matcher.group("course"), matcher.group("section"), matcher.group("student")))
                : Optional.empty();
    }
}
