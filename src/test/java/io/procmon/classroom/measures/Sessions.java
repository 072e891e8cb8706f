package io.procmon.classroom.measures;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Sessions from short texts: compilations with commas between them. */
final class Sessions {

    private Sessions() {}

    /**
     * The types of each compilation.
     *
     * @param text such as {@code ok, x, x+y, ?}: a success, an error, two errors, and a failure without a known error
     */
    static List<Compilation> ofTypes(String text) {
        return cells(text).stream()
                .map(cell -> new Compilation("main.c", Optional.empty(), !cell.equals("ok"), errors(cell)))
                .toList();
    }

    private static List<CompilerError> errors(String cell) {
        return cell.equals("ok") || cell.equals("?")
                ? List.of()
                : Arrays.stream(cell.split("\\+", -1))
                        .map(type -> new CompilerError(type, type, ""))
                        .toList();
    }

    /**
     * Compilations with all data that Watwin needs.
     *
     * @param text such as {@code main.c 10 ok, main.c 70 type/message/line}: the file, the second, and the error
     */
    static List<Compilation> detailed(String text) {
        List<Compilation> session = new ArrayList<>();
        for (String cell : cells(text)) {
            String[] words = cell.split(" ", -1);
            Optional<Instant> at = words[1].equals("-")
                    ? Optional.empty()
                    : Optional.of(Instant.ofEpochMilli(Math.round(Double.parseDouble(words[1]) * 1000)));
            boolean failed = !words[2].equals("ok");
            String[] error = words[2].split("/", -1);
            session.add(new Compilation(
                    words[0],
                    at,
                    failed,
                    error.length == 3 ? List.of(new CompilerError(error[0], error[1], error[2])) : List.of()));
        }
        return session;
    }

    private static List<String> cells(String text) {
        return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    }
}
