package io.procmon.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.procmon.Classroom;
import io.procmon.events.Activity;
import io.procmon.events.Report;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Limits of the memory that is allocated to make a report. The JVM counts these bytes; they depend on no clock. */
class AllocationTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REPORTS = 500;

    private final Reports reports = new Reports(JSON, Classroom.config(Map.of()));

    /** The text of a report has some 2 KB, and is copied once from the writer's buffer. */
    @Test
    void reportOfARepeatedCommand_takesAFewTimesItsText() {
        FullActivities activities = new FullActivities("202012180");
        List<Activity> both = List.of(activities.build(), activities.run());

        long bytes = perReport(() -> both.forEach(activity -> reports.of(activity, List.of()))) / both.size();

        assertThat(bytes).isLessThan(16_000);
    }

    @Test
    void bodyOfTheGenericDialect_takesAFewTimesItsText() {
        GenericDialect generic = new GenericDialect(Classroom.config(Map.of()), JSON);
        Report report = reports.of(new FullActivities("202012180").build(), List.of());

        long bytes = perReport(() -> assertThat(generic.body(report)).isNotEmpty());

        assertThat(bytes).isLessThan(16_000);
    }

    /** After the caches are warm: texts without secrets are remembered, and the JSON library reuses its buffers. */
    private static long perReport(Runnable making) {
        Stream.generate(() -> making).limit(REPORTS).forEach(Runnable::run);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        Stream.generate(() -> making).limit(REPORTS).forEach(Runnable::run);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / REPORTS;
    }
}
