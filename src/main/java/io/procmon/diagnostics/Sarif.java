package io.procmon.diagnostics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rewrites the results of a SARIF document as the lines that a compiler prints for people: gcc ({@code
 * -fdiagnostics-format=sarif-stderr}, gcc/diagnostics/sarif-sink.cc) and clang ({@code -fdiagnostics-format=sarif},
 * clang/lib/Frontend/SARIFDiagnostic.cpp). SARIF has the region of a diagnostic, and gcc does not add its caret. So the
 * column is that of the beginning of the region.
 */
final class Sarif {

    /** A result of gcc begins with the first text, and one of clang with the second. */
    static final List<String> RESULTS = List.of("{\"ruleId\": \"", "{\"level\":\"");

    /** What precedes the first result of gcc in its line. */
    static final String FIRST = "\"results\": [";

    private static final String FILE = "file://";

    /** What stands between the text of a link and its address. */
    private static final String LINK = "](http";

    private Sarif() {}

    /**
     * The lines of a document, or of a single result. Each ends with a line feed.
     *
     * @param value a value of {@link PartialJson}
     */
    static String lines(Object value) {
        Stream<Object> results =
                PartialJson.elements(value, "runs").flatMap(run -> PartialJson.elements(run, "results"));
        return Stream.concat(Stream.of(value), results)
                .flatMap(result -> line(result).stream())
                .collect(Collectors.joining());
    }

    /** gcc 14 gives a fatal error no level, but the rule {@code fatal error}. */
    private static Optional<String> line(Object result) {
        Optional<String> message = PartialJson.member(result, "message").flatMap(it -> PartialJson.text(it, "text"));
        Optional<String> kind = PartialJson.text(result, "level").or(() -> PartialJson.text(result, "ruleId"));
        return message.isEmpty() || kind.isEmpty()
                ? Optional.empty()
                : Optional.of(place(result) + ": " + kind.get() + ": " + plain(message.get()) + option(result) + '\n');
    }

    /**
     * A message without SARIF's mark-up (2.1.0, 3.11). SARIF doubles a brace, because a single brace begins a placeholder.
     * gcc 16 writes an option as a link to its description.
     */
    private static String plain(String message) {
        String line = MachineFormat.firstLine(message);
        StringBuilder plain = new StringBuilder();
        int at = 0;
        for (int middle = line.indexOf(LINK); middle >= 0; middle = line.indexOf(LINK, at)) {
            int begin = line.lastIndexOf('[', middle);
            int end = line.indexOf(')', middle);
            if (begin < at || end < 0) {
                break;
            }
            plain.append(line, at, begin).append(line, begin + 1, middle);
            at = end + 1;
        }
        return plain.append(line, at, line.length())
                .toString()
                .replace("{{", "{")
                .replace("}}", "}");
    }

    private static String option(Object result) {
        return PartialJson.text(result, "ruleId")
                .filter(it -> it.startsWith("-W"))
                .map(it -> " [" + it + ']')
                .orElse("");
    }

    /** clang writes the ranges of a diagnostic before its caret. */
    private static String place(Object result) {
        Optional<Object> last = PartialJson.elements(result, "locations")
                .reduce((_, next) -> next)
                .flatMap(it -> PartialJson.member(it, "physicalLocation"));
        Optional<Object> region = last.flatMap(it -> PartialJson.member(it, "region"));
        Optional<String> file = last.flatMap(it -> PartialJson.member(it, "artifactLocation"))
                .flatMap(it -> PartialJson.text(it, "uri"))
                .map(Sarif::file);
        return file.map(it -> Stream.concat(
                                Stream.of(it),
                                region.stream().flatMap(its -> PartialJson.texts(its, "startLine", "startColumn")))
                        .collect(Collectors.joining(":")))
                .orElse("cc1");
    }

    /** clang writes a URI; gcc writes the name that it was given. */
    private static String file(String uri) {
        return uri.startsWith(FILE) ? decoded(uri.substring(FILE.length())) : uri;
    }

    /** A path without percent-encoding (RFC 3986, 2.1). Any program can write such a text, so an invalid code stays. */
    private static String decoded(String path) {
        byte[] bytes = path.getBytes(UTF_8);
        int length = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '%' && isCode(bytes, at + 1)) {
                bytes[length++] =
                        (byte) (16 * HexFormat.fromHexDigit(bytes[at + 1]) + HexFormat.fromHexDigit(bytes[at + 2]));
                at += 2;
            } else {
                bytes[length++] = bytes[at];
            }
        }
        return new String(bytes, 0, length, UTF_8);
    }

    private static boolean isCode(byte[] bytes, int at) {
        return at + 1 < bytes.length && HexFormat.isHexDigit(bytes[at]) && HexFormat.isHexDigit(bytes[at + 1]);
    }
}
