package io.procmon.diagnostics;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Reads JSON that may end anywhere, because only the beginning and the end of a long text are kept. A text or a number
 * that is cut is left out; objects and arrays have the members before the cut. Time is linear in the text, and the depth
 * is bounded.
 */
final class PartialJson {

    private static final int DEPTH = 32;

    private final String text;
    private int at;
    private boolean ended;

    PartialJson(String text, int at) {
        this.text = text;
        this.at = at;
    }

    /** The position after the value. */
    int position() {
        return at;
    }

    /**
     * Reads a value: a map, a list, or a text. Numbers and words are texts.
     *
     * @return empty if there is none, or if it is cut or too deep
     */
    Optional<Object> value() {
        return value(0);
    }

    private Optional<Object> value(int depth) {
        space();
        if (at == text.length() || depth > DEPTH) {
            ended = true;
            return Optional.empty();
        }
        return switch (text.charAt(at)) {
            case '{' -> Optional.of(members(depth));
            case '[' -> Optional.of(elements(depth));
            case '"' -> string().map(it -> it);
            default -> word();
        };
    }

    private Map<String, Object> members(int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        at++;
        while (!ended && !skipped('}')) {
            skipped(',');
            space();
            Optional<String> name = at < text.length() && text.charAt(at) == '"' ? string() : Optional.empty();
            if (name.isEmpty() || !skipped(':')) {
                ended = true;
                return members;
            }
            value(depth + 1).ifPresent(value -> members.put(name.get(), value));
        }
        return members;
    }

    private List<Object> elements(int depth) {
        List<Object> elements = new ArrayList<>();
        at++;
        while (!ended && !skipped(']')) {
            skipped(',');
            value(depth + 1).ifPresent(elements::add);
        }
        return elements;
    }

    private Optional<String> string() {
        StringBuilder content = new StringBuilder();
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return Optional.of(content.toString());
            }
            if (c == '\n') {
                break;
            }
            content.append(c == '\\' && at < text.length() ? escaped(text.charAt(at++)) : c);
        }
        ended = true;
        return Optional.empty();
    }

    private char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'u' -> codeUnit();
            default -> c;
        };
    }

    private char codeUnit() {
        int unit = 0;
        for (int digit = 0; digit < 4; digit++) {
            int value = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (value < 0) {
                return '\ufffd';
            }
            unit = unit * 16 + value;
            at++;
        }
        return (char) unit;
    }

    private Optional<Object> word() {
        int begin = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        ended = at == begin || at == text.length();
        return ended ? Optional.empty() : Optional.of(text.substring(begin, at));
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '.';
    }

    private boolean skipped(char c) {
        space();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void space() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    /** A member of an object; empty for another value. */
    static Optional<Object> member(Object object, String name) {
        return object instanceof Map<?, ?> members ? Optional.ofNullable(members.get(name)) : Optional.empty();
    }

    /** A member that is a text, a number or a word. */
    static Optional<String> text(Object object, String name) {
        return member(object, name).filter(String.class::isInstance).map(String.class::cast);
    }

    /** Those of several members that are texts, in the order of the names. */
    static Stream<String> texts(Object object, String... names) {
        return Stream.of(names).flatMap(name -> text(object, name).stream());
    }

    /** The elements of a member that is a list. */
    static Stream<Object> elements(Object object, String name) {
        return member(object, name).orElse(List.of()) instanceof List<?> list
                ? list.stream().map(Object.class::cast)
                : Stream.of();
    }
}
