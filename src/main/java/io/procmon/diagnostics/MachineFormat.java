package io.procmon.diagnostics;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rewrites the machine formats of compilers as the lines that they print for people, so one recipe reads both: the JSON
 * of gcc ({@code -fdiagnostics-format=json}, gcc/diagnostic-format-json.cc), the JSON of rustc ({@code
 * --error-format=json}, which cargo uses: compiler/rustc_errors/src/json.rs), and {@link Sarif}. Other lines stay as they
 * are. gcc 14 and later write a value over several lines.
 */
final class MachineFormat {

    /** Each diagnostic begins with one of these texts. The first is gcc's, whose notes begin with it too. */
    private static final List<String> BEGINNINGS =
            Stream.concat(Stream.of("{\"kind\": \""), Sarif.RESULTS.stream()).toList();

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
        String quoted = "\"" + MESSAGE + '"';
        if (!text.head().contains(quoted) && !text.tail().contains(quoted)) {
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
        at = beginning(end);
        while (at < end) {
            read(at);
            at = beginning(end);
        }
        at = Math.max(at, end);
    }

    /** The next beginning of a diagnostic; the end if there is none before it. */
    private int beginning(int end) {
        return BEGINNINGS.stream()
                .mapToInt(it -> text.indexOf(it, Math.min(at, end), end))
                .filter(it -> it >= 0)
                .reduce(end, Math::min);
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

    /** A text up to its first line feed. */
    static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    private void all() {
        while (at < text.length()) {
            int begin = at;
            int value = firstValue(at);
            boolean read = (text.startsWith("[{\"", value) || text.startsWith("{\"", value)) && read(value);
            if (!read) {
                int end = text.indexOf('\n', begin);
                at = end < 0 ? text.length() : end + 1;
                lines.append(text, begin, at);
            }
        }
    }

    /** Where the first value of a line begins. */
    private int firstValue(int from) {
        int begin = from;
        while (begin < text.length() && text.charAt(begin) == ' ') {
            begin++;
        }
        return begin + (text.startsWith(Sarif.FIRST, begin) ? Sarif.FIRST.length() : 0);
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
        Optional<String> message = PartialJson.text(diagnostic, MESSAGE);
        if (message.isPresent()) {
            String line = firstLine(message.get());
            PartialJson.text(diagnostic, "kind").ifPresent(kind -> gcc(diagnostic, kind, line));
            PartialJson.text(diagnostic, "level").ifPresent(level -> rustc(diagnostic, level, line));
        }
        lines.append(Sarif.lines(diagnostic));
        PartialJson.elements(diagnostic, "children")
                .filter(it -> PartialJson.text(it, "kind").isPresent())
                .forEach(this::diagnostic);
    }

    private void gcc(Object diagnostic, String kind, String message) {
        Optional<Object> caret = PartialJson.elements(diagnostic, "locations")
                .findFirst()
                .flatMap(it -> PartialJson.member(it, "caret"));
        String place = caret.map(it -> PartialJson.texts(it, "file", "line", "column")
                        .filter(value -> !value.startsWith("-")) // gcc writes -1 for a column that it does not know
                        .collect(Collectors.joining(":")))
                .filter(it -> !it.isEmpty())
                .orElse("cc1");
        lines.append(place).append(": ").append(kind).append(": ").append(message);
        PartialJson.text(diagnostic, "option")
                .ifPresent(option -> lines.append(" [").append(option).append(']'));
        lines.append('\n');
    }

    /** If the object is cut, the text for people is missing at its end. */
    private void rustc(Object diagnostic, String level, String message) {
        Optional<String> rendered = PartialJson.text(diagnostic, RENDERED);
        if (rendered.isPresent()) {
            lines.append(rendered.get()).append('\n');
            return;
        }
        unrendered = lines.length();
        String code = PartialJson.member(diagnostic, "code")
                .flatMap(it -> PartialJson.text(it, "code"))
                .filter(it -> it.startsWith("E"))
                .map(it -> '[' + it + ']')
                .orElse("");
        lines.append(level).append(code).append(": ").append(message).append('\n');
        PartialJson.elements(diagnostic, "spans")
                .filter(it -> PartialJson.text(it, "is_primary")
                        .filter("true"::equals)
                        .isPresent())
                .findFirst()
                .ifPresent(it -> lines.append(" --> ")
                        .append(PartialJson.texts(it, "file_name", "line_start", "column_start")
                                .collect(Collectors.joining(":")))
                        .append('\n'));
    }
}
