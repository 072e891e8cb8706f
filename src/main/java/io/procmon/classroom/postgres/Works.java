package io.procmon.classroom.postgres;

import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import io.vertx.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Reads the works of one answer. The works of a semester share the names of their courses, sections and homework. */
final class Works implements Function<Row, Work> {

    private final Map<String, String> names = new HashMap<>();

    @Override
    public Work apply(Row row) {
        return new Work(
                new Student(shared(row.getString(0)), shared(row.getString(1)), row.getString(3)),
                shared(row.getString(2)));
    }

    private String shared(String name) {
        return names.computeIfAbsent(name, it -> it);
    }
}
