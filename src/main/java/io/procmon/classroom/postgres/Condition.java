package io.procmon.classroom.postgres;

import io.procmon.classroom.logbook.WorkSelection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The condition of a query.
 *
 * @param sql an expression with the parameters {@code $1} and so on
 * @param values the values of the parameters
 */
record Condition(String sql, Tuple values) {

    static Condition of(String sql, Object value) {
        return new Condition(sql, Tuple.of(value));
    }

    /** The columns of the selected works. It does not include the courses that the viewer may see. */
    static Condition of(WorkSelection selection) {
        List<String> terms = new ArrayList<>(List.of("true"));
        Tuple values = Tuple.tuple();
        add(terms, values, "course", selection.course());
        add(terms, values, "section", selection.section());
        add(terms, values, "homework", selection.homework());
        add(terms, values, "student", selection.student());
        return new Condition(String.join(" and ", terms), values);
    }

    private static void add(List<String> terms, Tuple values, String column, Optional<String> wanted) {
        wanted.ifPresent(value -> {
            values.addString(value);
            terms.add("%s = $%d".formatted(column, values.size()));
        });
    }
}
