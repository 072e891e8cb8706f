package io.procmon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.Schemas;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * The activities of a semester, as events of the dialect {@code generic}, numbered from 0 in their order. Each course meets
 * once a week, one after the other. In a meeting, the students build and run in turn.
 *
 * @param students the number of students
 * @param perCourse the students of a course
 * @param begin the start of the semester
 */
record ClassLoad(int students, int perCourse, Instant begin) {

    /** The builds and runs of a student in a meeting. */
    private static final int PER_MEETING = 4;

    /** A homework lasts two weeks. */
    private static final int MEETINGS_PER_HOMEWORK = 2;

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration TURN = Duration.ofMinutes(5);
    private static final JsonNode EXAMPLES = Schemas.read("generic.json").required("examples");

    /** A load whose last activities are of this week. */
    static ClassLoad until(Instant now, int students, int perCourse, long activities) {
        long weeks = 1 + activities / ((long) students * PER_MEETING);
        return new ClassLoad(students, perCourse, now.minus(WEEK.multipliedBy(weeks)));
    }

    /** The name of a course. */
    static String course(int number) {
        return "course" + number;
    }

    /** The id of a student of a course. */
    String student(int course, int number) {
        return Integer.toString(200_000_000 + course * perCourse + number);
    }

    /** Some activities as a JSON array. */
    String batch(long from, int count) {
        return array(events(from, from + count));
    }

    /** The activities from a number on, up to another. */
    Stream<ObjectNode> events(long from, long to) {
        return LongStream.range(from, to).mapToObj(this::event);
    }

    /** A build of each of some students now, as a JSON array. */
    String now(int from, int count, Instant now) {
        return array(IntStream.range(from, from + count).mapToObj(number -> {
            ObjectNode event = event(number / perCourse * (long) perCourse * PER_MEETING + number % perCourse);
            event.put("event_id", UUID.randomUUID().toString());
            event.put("started_at", now.toString());
            event.put("timestamp", now.plusMillis(94).toString());
            return event;
        }));
    }

    private static String array(Stream<ObjectNode> events) {
        return events.map(ObjectNode::toString).collect(Collectors.joining(",", "[", "]"));
    }

    /** One activity. Builds and runs alternate; each second build fails. */
    private ObjectNode event(long number) {
        long meeting = number / ((long) perCourse * PER_MEETING);
        int courses = students / perCourse;
        int course = Math.toIntExact(meeting % courses);
        long week = meeting / courses;
        int student = Math.toIntExact(number % perCourse);
        int turn = Math.toIntExact(number / perCourse % PER_MEETING);
        Instant start = begin.plus(WEEK.multipliedBy(week))
                .plus(WEEK.dividedBy(courses).multipliedBy(course))
                .plus(TURN.multipliedBy(turn))
                .plus(TURN.dividedBy(perCourse).multipliedBy(student));
        ObjectNode event = EXAMPLES.get(turn % 2).deepCopy();
        event.put("event_id", new UUID(number, 7).toString());
        event.put("started_at", start.toString());
        event.put("timestamp", start.plusMillis(94).toString());
        event.put("exit_code", turn == 0 ? 1 : 0);
        event.put("class_div", course(course) + "-1");
        event.put("student_id", student(course, student));
        event.put("homework_dir", "hw" + (1 + week / MEETINGS_PER_HOMEWORK));
        event.remove("signal");
        event.remove("built_by");
        return event;
    }
}
