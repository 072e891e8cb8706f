package io.procmon.classroom.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.classroom.logbook.AttemptFormat;
import io.procmon.classroom.workflow.Attempt;
import io.procmon.process.Student;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.stream.Stream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Writes many events into a database at once, as the class service writes each. The names in them are simple. */
public final class DatabaseLoader {

    private DatabaseLoader() {}

    /** Adds events that the database does not have. */
    public static void load(Connection database, Stream<ObjectNode> events) throws SQLException, IOException {
        CopyIn copy = database.unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("copy attempt (course, section, homework, student, started_at, event_id, content) from stdin");
        for (Iterator<ObjectNode> each = events.iterator(); each.hasNext(); ) {
            byte[] row = row(EventReader.read(each.next())).getBytes(UTF_8);
            copy.writeToCopy(row, 0, row.length);
        }
        copy.endCopy();
        try (Statement statement = database.createStatement()) {
            statement.execute("""
                    truncate work;
                    insert into work select course, section, homework, student, max(started_at), count(*) from attempt
                    group by course, section, homework, student;
                    analyze;
                    """);
        }
    }

    private static String row(Received event) {
        Student student = event.work().student();
        Attempt attempt = event.attempt();
        return "%s\t%s\t%s\t%s\t%d\t%s\t\\\\x%s\n"
                .formatted(
                        student.course(),
                        student.section(),
                        event.work().homework(),
                        student.id(),
                        ChronoUnit.NANOS.between(Instant.EPOCH, attempt.startedAt()),
                        attempt.id(),
                        HexFormat.of().formatHex(AttemptFormat.encode(attempt)));
    }
}
