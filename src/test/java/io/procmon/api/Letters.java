package io.procmon.api;

import io.procmon.events.Report;
import io.procmon.process.Student;
import io.procmon.spool.Entry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Creates numbered entries of one student, unless a test names others. */
final class Letters {

    private Letters() {}

    static Entry entry(int number) {
        return entry(number, "202012180");
    }

    static Entry entry(int number, String student) {
        Report report = new Report(
                new UUID(0, number),
                "run",
                "USER_BINARY",
                new Student("os", "1", student),
                "hw1",
                Optional.empty(),
                Instant.parse("2026-03-02T10:00:00Z"),
                "{\"number\":" + number + "}");
        return new Entry(number, 1, Instant.EPOCH, report);
    }

    static List<Entry> entries(int from, int to) {
        return IntStream.range(from, to).mapToObj(Letters::entry).toList();
    }
}
