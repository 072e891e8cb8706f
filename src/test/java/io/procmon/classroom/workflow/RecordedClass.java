package io.procmon.classroom.workflow;

import io.procmon.process.Student;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A lab of 30 students and two hours, as procmon would record it. The file {@code class.txt} has the special students
 * and the expected findings. All others make progress: a build or two fails, the next one succeeds, its program runs,
 * and they continue.
 */
public final class RecordedClass {

    /** The time at the end of the lab. */
    public static final String END = "120:00";

    private static final int STUDENTS = 30;
    private static final int FIRST_STUDENT = 202_012_180;
    private static final int LAST_SECOND = 115 * 60;

    /**
     * A student in the class.
     *
     * @param work the student and the homework
     * @param state the expected progress at the end
     * @param patterns the expected patterns
     */
    public record Seat(Work work, String state, SortedSet<String> patterns, List<Attempt> attempts) {

        /** The expected patterns without a known due date. */
        public SortedSet<String> patternsWithoutDueTime() {
            return patterns.stream()
                    .filter(name -> !name.equals("late-start"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private RecordedClass() {}

    /** All students; the same at each call. */
    public static List<Seat> seats() {
        Map<String, Seat> named = Tables.rows("class.txt")
                .map(row -> named(row.get()))
                .collect(Collectors.toMap(seat -> seat.work().student().id(), seat -> seat));
        return IntStream.range(FIRST_STUDENT, FIRST_STUDENT + STUDENTS)
                .mapToObj(id -> named.getOrDefault(Integer.toString(id), gettingOn(id)))
                .toList();
    }

    /** The same, if the lab ends at another time than that of the file. */
    public static List<Seat> seatsUntil(Instant end) {
        Duration later = Duration.between(Story.at(END), end);
        return seats().stream()
                .map(seat -> new Seat(
                        seat.work(),
                        seat.state(),
                        seat.patterns(),
                        seat.attempts().stream()
                                .map(it -> Story.later(it, it.id(), later))
                                .toList()))
                .toList();
    }

    private static Seat named(Object[] row) {
        String patterns = row[3].toString();
        return new Seat(
                work(Integer.parseInt(row[0].toString()), row[1].toString()),
                row[2].toString(),
                new TreeSet<>(patterns.equals("-") ? List.of() : Arrays.asList(patterns.split(" ", -1))),
                Story.of(row[4].toString()));
    }

    private static Seat gettingOn(int id) {
        Random chance = new Random(id);
        List<String> story = new ArrayList<>();
        int second = chance.nextInt(600);
        while (second < LAST_SECOND) {
            for (int failures = chance.nextInt(3); failures > 0; failures--) {
                story.add(sentence(second, "build failed"));
                second += 40 + chance.nextInt(140);
            }
            story.add(sentence(second, "build ok makes=main"));
            second += 5 + chance.nextInt(40);
            for (int runs = chance.nextInt(2); runs > 0; runs--) {
                story.add(sentence(second, chance.nextInt(4) == 0 ? "run SIGSEGV" : "run failed"));
                second += 10 + chance.nextInt(60);
            }
            story.add(sentence(second, "run ok"));
            second += 120 + chance.nextInt(900);
        }
        return new Seat(work(id, "hw1"), "requirements_met", new TreeSet<>(), Story.of(String.join("; ", story)));
    }

    private static String sentence(int second, String what) {
        return "%d:%02d %s".formatted(second / 60, second % 60, what);
    }

    private static Work work(int id, String homework) {
        return new Work(new Student("os", id % 2 == 0 ? "1" : "2", Integer.toString(id)), homework);
    }
}
