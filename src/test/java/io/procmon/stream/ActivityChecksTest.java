package io.procmon.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.KnownTools;
import io.procmon.TextFiles;
import io.procmon.classroom.course.Check;
import io.procmon.classroom.course.Course;
import io.procmon.classroom.course.CourseFile;
import io.procmon.classroom.course.HomeworkRequirements;
import io.procmon.classroom.course.InvalidCourseFile;
import io.procmon.diagnostics.Diagnostic;
import io.procmon.diagnostics.Diagnostics;
import io.procmon.diagnostics.Severity;
import io.procmon.events.Activity;
import io.procmon.events.Argv;
import io.procmon.events.ExecRecord;
import io.procmon.events.ExitRecord;
import io.procmon.events.Started;
import io.procmon.handlers.HomeworkHandler;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.WrittenFiles;
import io.procmon.homework.HomeworkLocator;
import io.procmon.parser.Command;
import io.procmon.parser.Parsers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Real command lines and requirements in a teacher's notation. */
class ActivityChecksTest {

    private static final HandlerChain CHAIN =
            new HandlerChain(Classroom.config(Map.of()), Classroom.NODE, Classroom.parsers(), List.of());
    private static final HomeworkHandler HOMEWORK = new HomeworkHandler(
            new Parsers(Classroom.parsers(), KnownTools.tools(Map.of()).tools()),
            new HomeworkLocator(List.of("/home/coder/project"), Pattern.compile("hw1"), Pattern.compile("CMakeFiles")),
            new WrittenFiles(),
            _ -> new TextFiles(path ->
                    Optional.of("-std=c11 -O3").filter(_ -> path.fileName().equals("flags"))));

    static Stream<Arguments> activities() throws IOException {
        try (InputStream file = ActivityChecksTest.class.getResourceAsStream("/requirements/checks.txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split("\\|", -1))
                    .map(cells -> Arguments.of(cells[0].strip(), cells[1].strip(), cells[2].strip()));
        }
    }

    @ParameterizedTest
    @MethodSource("activities")
    void activity_isCheckedForWhatItCanMeetOrMiss(String command, String required, String expected) throws Exception {
        List<Check> checks = ActivityChecks.of(requirements(required), activity(command));

        assertThat(checks.stream()
                        .map(check -> (check.passed() ? "+ " : "- ") + check.requirement())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected);
        assertThat(checks)
                .extracting(Check::why)
                .allSatisfy(why -> assertThat(why).isNotBlank());
        assertThat(requirements(required).checkNames())
                .containsAll(checks.stream()
                        .map(Check::requirement)
                        .filter(name -> !name.equals(Check.DUE))
                        .toList());
    }

    @Test
    void forbiddenError_isMissedByWhatSaysIt() throws Exception {
        HomeworkRequirements required = requirements("forbidden-errors: [\"-Wreturn-type\", \"undefined reference\"]");
        Diagnostic warning = new Diagnostic(
                Severity.WARNING,
                "-Wreturn-type",
                Optional.of("-Wreturn-type"),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                "cc");

        List<Check> checks =
                ActivityChecks.of(required, activity("60 gcc main.c"), new Diagnostics(List.of(warning), 0, 1));

        assertThat(checks.stream().map(check -> check.requirement() + " " + check.passed()))
                .containsExactly("no error -Wreturn-type false", "no error undefined reference true");
        assertThat(ActivityChecks.of(required, activity("60 gcc main.c"))).isEmpty();
    }

    private static HomeworkRequirements requirements(String required) throws InvalidCourseFile {
        Course course =
                CourseFile.read("os.yaml", "course: os\nhomeworks: [{name: hw1, %s}]".formatted(quoted(required)));
        return course.homeworks().getFirst();
    }

    /** Quotes times, because a colon would end a key in YAML's short form. */
    private static String quoted(String required) {
        return required.replaceAll("[0-9]{4}-[0-9 :-]+[0-9]", "'$0'");
    }

    private static Activity activity(String command) {
        String[] words = command.split(" ", -1);
        List<String> argv = List.of(words).subList(1, words.length);
        String executable = argv.getFirst().startsWith("./")
                ? Classroom.HW1.resolve(argv.getFirst()).value()
                : "/usr/bin/" + argv.getFirst();
        ExecRecord exec = ExecVariant.of(
                        Classroom.exec(Integer.parseInt(words[0]), executable, argv.toArray(String[]::new)))
                .argv(new Argv(argv, argv.contains(Argv.CUT), command.length()))
                .exec();
        ExitRecord exit = Classroom.exit(exec.image(), 0);
        Started started = Outcome.proceed(exec)
                .then(CHAIN.process())
                .then(CHAIN.enrichment())
                .then(HOMEWORK)
                .proceeding()
                .orElseThrow();
        return switch (started.command()) {
            case Command.Compile compile -> new Activity.Build(started, compile, exit);
            case Command.Run run -> new Activity.Run(started, run, exit, Optional.empty());
        };
    }
}
