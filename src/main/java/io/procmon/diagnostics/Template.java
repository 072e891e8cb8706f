package io.procmon.diagnostics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pattern for a line, such as {@code {file}:{line}:{column}: {kind}: {message}}.
 *
 * <p>A field in braces is either a <em>token</em>, whose own characters determine its end, or a <em>span</em>, which ends
 * at the first place where the next part matches. There is no backtracking: the time for each field is linear in the line.
 *
 * <ul>
 *   <li>Tokens: {@code line}, {@code column} and {@code n} are digits. {@code hex} is a number such as {@code 0x1f}. {@code
 *       name} is a class or a module, {@code class} is a name that may contain colons, and {@code warning} is a name that
 *       ends in Warning. {@code carets} are characters such as {@code ~~~ ^ ~~~}. {@code ranges} are places in braces. {@code
 *       path} contains neither white space nor a colon nor a parenthesis. {@code code} ends at {@code ]}. {@code option} is an option such as {@code -Wname}. {@code kind} is a short
 *       text up to a colon. {@code  } (a space) is any white space, or none. {@code 3} and {@code 6} are as many spaces, and no more.
 *   <li>Spans: {@code file}, {@code message}, {@code type} and {@code *}, which is any text, or none. {@code file.go} is a
 *       file whose name ends in {@code .go}. A file does not begin with white space: lines that do are quotations and
 *       continuations. A file does not contain a colon and a space: what precedes them in a message is not a name.
 *   <li>{@code {@message}} marks the beginning of the message. The message ends at {@code {/message}}, or with the line.
 * </ul>
 */
final class Template {

    private static final char WIDE_COLON = '\uff1a';
    private static final int DIGITS = 9;
    private static final int SHORT = 40;
    private static final int NAME = 120;
    private static final String ANY = "*";
    private static final String MESSAGE = "message";
    private static final String FILE = "file";
    private static final String WARNING = "warning";
    private static final String CATEGORY = "category";

    private sealed interface Part {
        /** A text that must match exactly. An ASCII colon also matches the wide colon of Chinese catalogues. */
        record Literal(String text) implements Part {}

        record Token(String name) implements Part {}

        /** A text up to the suffix, if it has one, and up to the next part. */
        record Span(String name, String suffix) implements Part {}

        record Begin() implements Part {}

        record End() implements Part {}
    }

    private final List<Part> parts = new ArrayList<>();
    private final String source;

    Template(String source) {
        this.source = source;
        int at = 0;
        while (at < source.length()) {
            int open = source.indexOf('{', at);
            int close = open < 0 ? -1 : source.indexOf('}', open);
            if (close < 0) {
                parts.add(new Part.Literal(source.substring(at)));
                return;
            }
            if (open > at) {
                parts.add(new Part.Literal(source.substring(at, open)));
            }
            parts.add(field(source.substring(open + 1, close)));
            at = close + 1;
        }
    }

    private Part field(String name) {
        return switch (name) {
            case "line",
                    "column",
                    "n",
                    "hex",
                    "name",
                    "class",
                    WARNING,
                    "path",
                    "code",
                    "option",
                    "kind",
                    CATEGORY,
                    "carets",
                    "ranges",
                    "3",
                    "6",
                    " " -> new Part.Token(name);
            case FILE, MESSAGE, "type", ANY -> new Part.Span(name, "");
            case "@message" -> new Part.Begin();
            case "/message" -> new Part.End();
            default -> {
                if (!name.startsWith(FILE + ".")) {
                    throw new IllegalArgumentException("no field is called {%s}: %s".formatted(name, source));
                }
                yield new Part.Span(FILE, name.substring(FILE.length()));
            }
        };
    }

    /** The fields of a line; empty if the line does not match. */
    Optional<Map<String, String>> match(String line) {
        Match match = new Match(line);
        return match.all() ? Optional.of(match.fields) : Optional.empty();
    }

    @Override
    public String toString() {
        return source;
    }

    private final class Match {

        private final String line;
        private final Map<String, String> fields = new HashMap<>();
        private int at;
        private int message;

        Match(String line) {
            this.line = line;
        }

        boolean all() {
            int part = 0;
            while (part < parts.size()) {
                if (parts.get(part) instanceof Part.Span span) {
                    int next = endOfTokens(part + 1);
                    if (!spanned(span, part + 1, next)) {
                        return false;
                    }
                    part = next;
                } else if (step(parts.get(part))) {
                    part++;
                } else {
                    return false;
                }
            }
            return at == line.length();
        }

        private int endOfTokens(int from) {
            int part = from;
            while (part < parts.size() && !(parts.get(part) instanceof Part.Span)) {
                part++;
            }
            return part;
        }

        /**
         * Matches a span: up to the first place where the next part matches; at the end of a template, up to the end of
         * the line.
         */
        private boolean spanned(Part.Span span, int from, int to) {
            int begin = at;
            if (span.name().equals(FILE) && begin < line.length() && Character.isWhitespace(line.charAt(begin))) {
                return false;
            }
            int least =
                    begin + (span.name().equals(ANY) ? 0 : 1) + span.suffix().length();
            int last = last(span, begin);
            if (from == to) {
                at = line.length();
                keep(span.name(), begin);
                return at >= least && at <= last;
            }
            for (int end = least; end <= last; end++) {
                at = end;
                if (line.startsWith(span.suffix(), end - span.suffix().length())
                        && steps(from, to)
                        && (to < parts.size() || at == line.length())) {
                    fields.put(span.name(), line.substring(begin, end));
                    return true;
                }
            }
            return false;
        }

        private int last(Part.Span span, int begin) {
            int colon = span.name().equals(FILE) ? line.indexOf(": ", begin) : -1;
            return colon < 0 ? line.length() : colon;
        }

        private boolean steps(int from, int to) {
            for (int part = from; part < to; part++) {
                if (!step(parts.get(part))) {
                    return false;
                }
            }
            return true;
        }

        private boolean step(Part part) {
            return switch (part) {
                case Part.Literal literal -> literal(literal.text());
                case Part.Token token -> token(token.name());
                case Part.Begin _ -> {
                    message = at;
                    fields.put(MESSAGE, line.substring(at));
                    yield true;
                }
                case Part.End _ -> {
                    fields.put(MESSAGE, line.substring(message, at));
                    yield true;
                }
                case Part.Span span -> throw new IllegalStateException("a span is no token: " + span.name());
            };
        }

        /**
         * Matches a literal. The colon of Chinese catalogues is as wide as an ASCII colon with its space, and can
         * replace both.
         */
        private boolean literal(String text) {
            int end = at;
            for (int i = 0; i < text.length(); i++) {
                if (end == line.length()) {
                    return false;
                }
                char expected = text.charAt(i);
                char found = line.charAt(end);
                if (expected == found || (expected == ':' && isColon(found))) {
                    end++;
                } else if (expected != ' ' || i == 0 || line.charAt(end - 1) != WIDE_COLON) {
                    return false;
                }
            }
            at = end;
            return true;
        }

        private boolean token(String name) {
            if (name.equals(CATEGORY)) {
                at = Categories.end(line, at);
                return true;
            }
            int begin = at;
            if (name.equals("hex")) {
                if (!line.startsWith("0x", at)) {
                    return false;
                }
                at += 2;
            }
            int most = most(name);
            while (at < line.length() && at - begin < most && belongs(name, line.charAt(at))) {
                if (name.equals("option") && line.charAt(at) == ',' && !line.startsWith("-", at + 1)) {
                    break; // the category follows; -Werror,-Wname is one option
                }
                at++;
            }
            if ((name.equals("option") && !line.startsWith("-", begin))
                    || (name.equals("carets") && line.substring(begin, at).indexOf('^') < 0)
                    || (isIndentation(name) && (at - begin < most || (at < line.length() && line.charAt(at) == ' ')))
                    || (name.equals(WARNING) && !line.startsWith("Warning", at - "Warning".length()))) {
                return false;
            }
            keep(name.equals("class") || name.equals(WARNING) ? "name" : name, begin);
            return at > begin || name.equals(" ");
        }

        private void keep(String name, int begin) {
            fields.put(name, line.substring(begin, at));
        }
    }

    private static boolean isIndentation(String token) {
        return token.equals("3") || token.equals("6");
    }

    private static int most(String token) {
        return switch (token) {
            case "3", "6" -> Integer.parseInt(token);
            case "carets" -> Integer.MAX_VALUE;
            case "line", "column" -> DIGITS;
            case "kind" -> SHORT;
            case " " -> Integer.MAX_VALUE;
            default -> NAME;
        };
    }

    private static boolean belongs(String token, char c) {
        return switch (token) {
            case "line", "column", "n" -> c >= '0' && c <= '9';
            case "hex" -> Character.digit(c, 16) >= 0;
            case "name" -> c == '.' || c == '$' || Character.isJavaIdentifierPart(c);
            case WARNING -> belongs("name", c);
            case "class" -> c == ':' || belongs("name", c);
            case "carets" -> c == '^' || c == '~' || c == ' ';
            case "ranges" -> c == '{' || c == '}' || c == ':' || c == '-' || (c >= '0' && c <= '9');
            case "path" -> !isColon(c) && c != '(' && !Character.isWhitespace(c);
            case "code" -> c != ']' && !isColon(c) && !Character.isWhitespace(c);
            case "option" -> c != ']' && !Character.isWhitespace(c);
            case "kind" -> !isColon(c) && c != '[' && (c < '0' || c > '9');
            case "3", "6" -> c == ' ';
            case " " -> c == ' ' || c == '\t';
            default -> throw new IllegalArgumentException(token);
        };
    }

    private static boolean isColon(char c) {
        return c == ':' || c == WIDE_COLON;
    }
}
