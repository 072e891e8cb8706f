package io.procmon.classroom.workflow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.procmon.process.Student;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.BiConsumer;

/** The work of a semester: 500 students, 20 homeworks, and some ten builds and runs at each. It is the same at each call. */
public final class LargeClass {

    public static final int STUDENTS = 500;
    public static final int HOMEWORKS = 20;

    private static final int SECTIONS = 4;

    private LargeClass() {}

    /** Passes each attempt to a consumer; homework by homework. */
    public static void forEach(BiConsumer<Work, Attempt> consumer) {
        for (int homework = 1; homework <= HOMEWORKS; homework++) {
            for (int student = 0; student < STUDENTS; student++) {
                Work work = new Work(
                        new Student(
                                "os",
                                Integer.toString(1 + student % SECTIONS),
                                Integer.toString(202_600_000 + student)),
                        "hw" + homework);
                Duration later = Duration.ofDays(homework);
                attempts(new Random(1_000L * homework + student))
                        .forEach(attempt -> consumer.accept(work, later(attempt, later, work)));
            }
        }
    }

    private static List<Attempt> attempts(Random chance) {
        List<String> story = new ArrayList<>();
        int second = chance.nextInt(3600);
        for (int cycle = chance.nextInt(1, 5); cycle > 0; cycle--) {
            for (int failures = chance.nextInt(4); failures > 0; failures--) {
                story.add("%d:%02d build failed says=%s".formatted(second / 60, second % 60, error(chance)));
                second += 40 + chance.nextInt(240);
            }
            if (cycle > 1 || chance.nextInt(3) > 0) {
                story.add("%d:%02d build ok makes=main".formatted(second / 60, second % 60));
                second += 10 + chance.nextInt(60);
                story.add("%d:%02d run %s"
                        .formatted(second / 60, second % 60, chance.nextInt(5) == 0 ? "SIGSEGV" : "ok"));
                second += 60 + chance.nextInt(600);
            }
        }
        return Story.of(String.join("; ", story));
    }

    private static String error(Random chance) {
        return List.of("undeclared", "expected-semicolon", "-Wreturn-type", "undefined-reference")
                .get(chance.nextInt(4));
    }

    private static Attempt later(Attempt attempt, Duration later, Work work) {
        UUID id = UUID.nameUUIDFromBytes((attempt.id() + work.student().id() + work.homework()).getBytes(UTF_8));
        return Story.later(attempt, id, later);
    }
}
