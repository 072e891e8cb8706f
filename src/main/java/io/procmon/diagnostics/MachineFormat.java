package io.procmon.diagnostics;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rewrites the machine formats of compilers as the lines that they print for people, so one recipe reads both: the JSON
 * of gcc ({@code -fdiagnostics-format=json}, gcc/diagnostic-format-json.cc) and of rustc ({@code --error-format=json},
 * which cargo uses: compiler/rustc_errors/src/json.rs). Other lines stay as they are.
 */
final class MachineFormat {

    /** Each diagnostic of gcc begins with this text, and so does each of its notes. */
    private static final String GCC = "{\"kind\": \"";

    private static final String MESSAGE = "message";
    private static final String RENDERED = "rendered";

    private final String text;
    private final StringBuilder lines = new StringBuilder();
    private int at;

    /** Where the lines of a diagnostic begin that lacks its text for people. */
    private int unrendered = -1;

    private MachineFormat(String text) {
        this.text = text;
    }

    /** The lines of a text. */
    static TextParts lines(TextParts text) {
        if (!text.head().contains("\"" + MESSAGE + '"')) {
            return text;
        }
        MachineFormat first = new MachineFormat(text.gap() ? text.head() : text.head() + text.tail());
        first.all();
        if (!text.gap()) {
            return new TextParts(first.lines.toString(), "", false);
        }
        MachineFormat last = new MachineFormat(text.tail());
        last.rest(first);
        last.all();
        return new TextParts(first.lines.toString() + '\n', last.lines.toString(), true);
    }

    /**
     * The diagnostics in the rest of a line. The reader drops the first line after a gap, so that line is empty.
     *
     * @param first the part before the gap; its last diagnostic is dropped if this rest has it completely
     */
    private void rest(MachineFormat first) {
        int end = text.indexOf('\n');
        end = end < 0 ? text.length() : end;
        lines.append('\n');
        int rendered = text.indexOf("\"" + RENDERED + "\":\"");
        if (rendered >= 0 && rendered < end) {
            Object message = new PartialJson(text, rendered + RENDERED.length() + 3)
                    .value()
                    .orElse("");
            first.dropUnrendered(message.toString());
            lines.append(message).append('\n');
        }
        at = text.indexOf(GCC);
        while (at >= 0 && at < end) {
            read(at);
            at = text.indexOf(GCC, at);
        }
        at = end;
    }

    private void dropUnrendered(String rendered) {
        if (unrendered >= 0 && plain(rendered).startsWith(firstLine(lines.substring(unrendered)))) {
            lines.setLength(unrendered);
        }
    }

    /** A text without its colours. */
    private static String plain(String text) {
        return TextLines.of(new TextParts(text, "", false)).stream()
                .map(TextLine::text)
                .findFirst()
                .orElse("");
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private void all() {
        while (at < text.length()) {
            int begin = at;
            boolean read = (text.startsWith("[{\"", at) || text.startsWith("{\"", at)) && read(at);
            if (!read) {
                int end = text.indexOf('\n', begin);
                at = end < 0 ? text.length() : end + 1;
                lines.append(text, begin, at);
            }
        }
    }

    /** Reads a value. Returns false if it has no diagnostic. */
    private boolean read(int from) {
        PartialJson json = new PartialJson(text, from);
        Optional<Object> value = json.value();
        at = Math.max(json.position(), from + 1);
        int length = lines.length();
        Stream.of(value.orElse(List.of()))
                .flatMap(it -> it instanceof List<?> list ? list.stream() : Stream.of(it))
                .forEach(this::diagnostic);
        return lines.length() > length;
    }

    private void diagnostic(Object diagnostic) {
        Optional<String> message = text(diagnostic, MESSAGE);
        if (message.isPresent()) {
            String line = firstLine(message.get());
            text(diagnostic, "kind").ifPresent(kind -> gcc(diagnostic, kind, line));
            text(diagnostic, "level").ifPresent(level -> rustc(diagnostic, level, line));
        }
        if (member(diagnostic, "children").orElse(List.of()) instanceof List<?> children) {
            children.stream().filter(it -> text(it, "kind").isPresent()).forEach(this::diagnostic);
        }
    }

    private void gcc(Object diagnostic, String kind, String message) {
        Optional<Object> caret = first(diagnostic, "locations").flatMap(it -> member(it, "caret"));
        String place = caret.map(it -> Stream.of("file", "line", "column")
                        .flatMap(name -> text(it, name).stream())
                        .filter(value -> !value.startsWith("-")) // gcc writes -1 for a column that it does not know
                        .collect(Collectors.joining(":")))
                .filter(it -> !it.isEmpty())
                .orElse("cc1");
        lines.append(place).append(": ").append(kind).append(": ").append(message);
        text(diagnostic, "option")
                .ifPresent(option -> lines.append(" [").append(option).append(']'));
        lines.append('\n');
    }

    /** If the object is cut, the text for people is missing at its end. */
    private void rustc(Object diagnostic, String level, String message) {
        Optional<String> rendered = text(diagnostic, RENDERED);
        if (rendered.isPresent()) {
            lines.append(rendered.get()).append('\n');
            return;
        }
        unrendered = lines.length();
        String code = member(diagnostic, "code")
                .flatMap(it -> text(it, "code"))
                .filter(it -> it.startsWith("E"))
                .map(it -> '[' + it + ']')
                .orElse("");
        lines.append(level).append(code).append(": ").append(message).append('\n');
        if (member(diagnostic, "spans").orElse(List.of()) instanceof List<?> spans) {
            spans.stream()
                    .filter(it -> text(it, "is_primary").filter("true"::equals).isPresent())
                    .findFirst()
                    .ifPresent(it -> lines.append(" --> ")
                            .append(Stream.of("file_name", "line_start", "column_start")
                                    .flatMap(name -> text(it, name).stream())
                                    .collect(Collectors.joining(":")))
                            .append('\n'));
        }
    }

    private static Optional<Object> first(Object object, String name) {
        return member(object, name)
                .filter(it -> it instanceof List<?> list && !list.isEmpty())
                .map(it -> ((List<?>) it).getFirst());
    }

    private static Optional<String> text(Object object, String name) {
        return member(object, name).filter(String.class::isInstance).map(String.class::cast);
    }

    private static Optional<Object> member(Object object, String name) {
        return object instanceof Map<?, ?> members ? Optional.ofNullable(members.get(name)) : Optional.empty();
    }
}
