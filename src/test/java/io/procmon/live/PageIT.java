package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.procmon.Schemas;
import io.procmon.classroom.logbook.Logbook;
import io.procmon.classroom.logbook.LogbookOptions;
import io.procmon.classroom.workflow.LargeClass;
import io.procmon.classroom.workflow.RecordedClass;
import io.procmon.classroom.workflow.Work;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;

/** The page in a browser, while real processes run. */
@Live
class PageIT {

    private static final Path PICTURES = Path.of("target/pictures");
    private static final String ROWS = "#students tbody tr";

    private static Browser browser;

    @BeforeAll
    static void openBrowser(Lab lab) {
        browser = lab.browser();
    }

    @Test
    void rowAppears_andChanges_whileAStudentWorks(Lab lab) throws IOException {
        String prefix = lab.ownPrefix();
        Path courses = lab.newDirectory();
        Files.writeString(courses.resolve("os.yaml"), """
                course: os
                homeworks:
                  - name: hw1
                    must-run: {program: main}
                    milestones:
                      - {name: main compiles, built: main.c}
                      - {name: the first test, ran: test}
                """);
        Service procmon = lab.procmon(prefix, lab.receiver(), Map.of("PROCMON_REQUIREMENTS_DIR", courses.toString()));
        StudentContainer student = lab.container(prefix + "os-1-7").write("hw1/main.c", "int main(void) { return 0 }");
        browser.screen(1280, 720);
        visit(procmon, 0);
        assertThat(browser.texts("#nothing")).containsExactly("Nothing has been seen yet.");

        student.run("hw1", "gcc", "-o", "main", "main.c");
        Await.until("the failed build is there", () -> row().contains("1 (1 failed)"));

        student.write("hw1/main.c", "int main(void) { return 0; }").run("hw1", "gcc", "-o", "main", "main.c");
        student.run("hw1", "./main");
        Await.until("what the student did then is there", () -> row().contains("2 (1 failed)\t1\t"));
        assertThat(row()).startsWith("os-1 7\thw1\trequirements met\t");
        assertThat(texts("#progress li"))
                .startsWith("os hw1 started 1 / 1 · done 1 · at work now 1 not started 0 working 1 built 1 ran 1"
                        + " main compiles 1 the first test 0 exit status 0 of main 1 done 1");
        browser.click(ROWS + " button");
        Await.until("the story is there", () -> texts("#story").startsWith("failed to build once, fixed after"));
        assertThat(texts("#story")).endsWith(", ran once");
        student.run("hw1", "./main");
        Await.until("the dialog follows", () -> texts("#story").endsWith(", ran twice"));
        browser.press(Keys.ESCAPE);
        assertThat(browser.evaluate("document.querySelectorAll('tr svg rect').length"))
                .isEqualTo(4L);
        assertThat(browser.texts("#health").getFirst()).contains("live");
    }

    @Test
    void keyboard_goesFromStudentToStudent_intoOneAndBack(Lab lab) {
        visit(twoStudents(lab), 2);

        while (!browser.focused().equals("os-1 7")) {
            browser.press(Keys.TAB);
        }
        browser.press(Keys.ARROW_DOWN);
        assertThat(browser.focused()).isEqualTo("os-1 8");
        browser.press(Keys.ENTER);
        Await.until(
                "the time line is there", () -> browser.texts("#timeline li").size() == 3);
        assertThat(browser.texts("#detail-title")).containsExactly("os-1 8, hw1");
        browser.press(Keys.ESCAPE);
        Await.until("the time line is gone", () -> !Boolean.TRUE.equals(browser.evaluate("detail.open")));
        assertThat(browser.focused()).isEqualTo("os-1 8");
    }

    @Test
    void programThatSpins_isSeenAsALoop_beforeItsStudentDoesAnythingElse(Lab lab) {
        String prefix = lab.ownPrefix();
        Service procmon = lab.procmon(prefix, lab.receiver(), Map.of("PROCMON_WORKFLOW_INFINITE_LOOP_RUNNING", "1s"));
        StudentContainer student = lab.container(prefix + "os-1-7")
                .install("hw1/main", lab.programs().ends())
                .write("hw1/go", "");
        visit(procmon, 0);

        student.start("hw1", "./main", "spinning", "go", "9");

        Await.until("the loop is on the page", () -> row().contains("infinite loop"));
        assertThat(browser.texts("#help li"))
                .singleElement()
                .asString()
                .contains("os-1 7", "hw1", "infinite loop", "1 run with long processor time");
        browser.click("#names");
        assertThat(browser.texts("#help li"))
                .singleElement()
                .asString()
                .startsWith("os-1 #1")
                .doesNotContain("os-1 7");
        assertThat(row()).matches("(?s)os-1 #1\\s.*"); // a tab follows, or a newline on a narrow page
        browser.click("#names");
        browser.click(ROWS + " button");
        Await.until("it is in the time line", () -> count("#chart .running") == 1);
        assertThat(browser.texts("#timeline li.activity"))
                .singleElement()
                .asString()
                .contains("Running now", "main");
    }

    @Test
    void teacherWhoIsWithAStudent_isSeenByAll_andTheStudentIsOffTheList(Lab lab) {
        String prefix = lab.ownPrefix();
        Service procmon = lab.procmon(prefix, lab.receiver(), Map.of());
        StudentContainer student = Samples.in(lab.container(prefix + "os-1-7"), lab.programs());
        visit(procmon, 0);
        crash(student);
        Await.until("the loop is on the list", () -> texts("#help li").contains("crash loop"));

        browser.evaluate("document.getElementById('teacher').focus()");
        browser.type("Kim");
        browser.evaluate("document.querySelector('#help .come').focus()");
        browser.press(Keys.ENTER);

        Await.until("the student is off the list", () -> texts("#with li").contains("Kim"));
        assertThat(texts("#with li")).startsWith("os-1 7 hw1 Kim");
        assertThat(browser.texts("#help li")).isEmpty();
        assertThat(browser.focused()).isEqualTo("os-1 7");
        assertThat(browser.violations()).isEmpty();
        picture("with", 1280, "light", "en");

        crash(student);
        Await.until("what follows shows it again", () -> texts("#help li").contains("crash loop"));
        student.run("hw1", "./ends", "exit", "0");
        Await.until("it is over", () -> browser.texts("#help li").isEmpty());
        browser.click(ROWS + " button");
        Await.until("the dialog tells of it", () -> texts("#figures").contains("recovered after"));
    }

    @Test
    void teacherIsWithAStudent_whomTheListDoesNotHave_byTheDialog(Lab lab) {
        browser.screen(1280, 720);
        visit(twoStudents(lab), 2);
        browser.click(ROWS + " button");
        Await.until("the time line is there", () -> count("#timeline li.activity") == 3);
        assertThat(browser.focused()).as("a second Enter closes the dialog").isEqualTo("Close");
        String student = browser.texts("#detail-title").getFirst().replaceAll(",.*", "");

        browser.click("#come");

        Await.until("it is stored", () -> texts("#detail-said").equals("You are with: " + student));
        assertThat(browser.violations()).isEmpty();
        browser.press(Keys.ESCAPE);
        Await.until("all see it", () -> texts("#with li").startsWith(student));
    }

    /** The names of requirements are those of io.procmon.classroom.course.Check. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        open                                                     | 시작 시각 이후
        due                                                      | 마감 전 완료
        source main.c                                            | 소스 main.c
        output main                                              | 출력 파일 main
        language c                                               | 언어 c
        standard c11                                             | 표준 c11
        option -Wall                                             | 옵션 -Wall
        no option -O3                                            | 옵션 -O3 금지
        no tool gdb                                              | 도구 gdb 금지
        no error -Wreturn-type                                   | 오류 -Wreturn-type 금지
        exit status 0 of main                                    | main 종료 상태 0
        run time 10.000 s                                        | 실행 시간 10.000초 이내
        peak memory 65536 KiB                                    | 최대 메모리 65536 KiB 이내
        7 builds failed in 20 minutes                            | 20분 동안 빌드 7번 실패
        7 builds failed in 20 minutes; 5 of them with expected ';' | 20분 동안 빌드 7번 실패, 그중 5번은 expected ';'
        E0308, 5 times in a row                                  | E0308, 5번 연속
        """)
    void phraseOfTheServer_isInTheLanguageOfThePage(String english, String korean, Lab lab) {
        browser.visit(lab.procmon().address().toString());

        Object phrases = browser.evaluate("""
                import('/words.js').then(({ phrase, speak }) => {
                  const both = ['en', 'ko'].map((language) => (speak(language), phrase(arguments[0])));
                  localStorage.removeItem('language');
                  return both;
                })""".replace("arguments[0]", "\"" + english + "\""));

        assertThat((List<?>) phrases).map(Object::toString).containsExactly(english, korean);
    }

    @Test
    void timeLineWithoutActivities_isDrawn(Lab lab) {
        browser.visit(lab.procmon().address().toString());

        Object width = browser.evaluate("""
                import('/timeline.js').then(({ TimeLine }) => {
                  const chart = document.body.appendChild(document.createElement('div'));
                  new TimeLine(chart, chart.cloneNode(), () => {}).show([], [], true);
                  return Number(chart.querySelector('svg').getAttribute('width')) === chart.clientWidth;
                })""");

        assertThat(width).isEqualTo(true);
    }

    /** Crashes as often as the pattern requires. */
    private static void crash(StudentContainer student) {
        for (int i = 0; i < 3; i++) {
            student.run("hw1", "./ends", "kill", "11");
        }
    }

    /** All of them, in one line. */
    private static String texts(String selector) {
        return String.join(" ", browser.texts(selector)).replaceAll("\\s+", " ");
    }

    @Test
    void health_tellsHowFastEventsCome_byTheServersCounts(Lab lab) {
        String prefix = lab.ownPrefix();
        Service procmon = lab.procmon(prefix, lab.receiver(), Map.of());
        StudentContainer student = Samples.in(lab.container(prefix + "os-1-7"), lab.programs());
        visit(procmon, 0);
        Await.until("there is something to compare with", () -> health().contains("Events/s 0.0 Programs/s 0.0"));

        for (int i = 0; i < 20; i++) {
            student.run("hw1", "./ends", "exit", "0");
        }

        Await.until("they are counted", () -> health().startsWith("Events 20 "));
        assertThat(health()).containsPattern("Events/s (0[.][1-9]|[1-9][0-9]*[.][0-9]) Programs/s (0[.][1-9]|[1-9])");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        nothing to compare with        | [[1000, 7]]                                 | null
        half a second, five events     | [[1000, 7], [1500, 12]]                     | 10
        quiet                          | [[1000, 7], [6000, 7]]                      | 0
        asked twice at the same moment | [[1000, 7], [1000, 7]]                      | null
        late, as in a hidden tab       | [[0, 0], [600000, 600]]                     | 1
        what is long ago counts no more| [[0, 0], [10000, 1000], [40000, 1030], [70000, 1060]] | 1
        procmon was started anew       | [[0, 900], [5000, 10]]                      | null
        and counts again               | [[0, 900], [5000, 10], [10000, 20]]         | 2
        """)
    void rate_isWhatTheCounterGainedInTheTimeOfTheServer(String name, String looks, String expected, Lab lab) {
        browser.visit(lab.procmon().address().toString());

        Object rate = browser.evaluate("""
                import('/rates.js').then(({ Rates }) => {
                  const rates = new Rates();
                  for (const [at, count] of %s) rates.take(at, { count });
                  return String(rates.of('count') ?? null);
                })""".formatted(looks));

        assertThat(rate).as(name).isEqualTo(expected);
    }

    @Test
    void timeLine_isGoneThroughByTheKeyboard_andSaysInWordsWhatItShows(Lab lab) {
        browser.screen(1280, 720);
        visit(twoStudents(lab), 2);
        browser.click(ROWS + " button");
        Await.until("the picture is there", () -> count("#chart .mark") == 3);

        browser.evaluate("document.getElementById('chart').focus()");
        browser.press(Keys.HOME);
        assertThat(reading()).contains("build, ok").endsWith("main.c");
        browser.press(Keys.ARROW_RIGHT);
        assertThat(reading()).contains("run, ok").endsWith("main");
        browser.press(Keys.END);
        assertThat(reading()).contains("run, ").endsWith("ends");
        browser.press(Keys.ARROW_RIGHT);
        assertThat(reading()).as("there is nothing behind the last").endsWith("ends");

        assertThat(browser.evaluate("chart.getAttribute('aria-valuetext')")).isEqualTo(reading());
        assertThat(browser.evaluate("chart.getAttribute('aria-valuenow') + chart.getAttribute('aria-valuemax')"))
                .isEqualTo("33");
        assertThat(browser.texts("#timeline li.chosen"))
                .singleElement()
                .asString()
                .contains("ends");
        assertThat(left("#chart .cursor"))
                .isCloseTo(
                        left("#chart .mark:last-child rect") + width("#chart .mark:last-child rect") / 2, within(0.5));
    }

    /** A teacher's screen, colours and language. */
    private record Look(int width, int height, String scheme, String language) {}

    @Test
    void whoeverLooks_findsNoBarrier_andThePageAsksNobodyElse(Lab lab) {
        Service procmon = twoStudents(lab);
        for (Look look : List.of(
                new Look(1280, 720, "light", "en"),
                new Look(1280, 720, "dark", "ko"),
                new Look(390, 844, "light", "ko"),
                new Look(390, 844, "dark", "en"))) {
            findsNoBarrier(procmon, look);
        }
        assertThat((List<?>) browser.evaluate("performance.getEntriesByType('resource').map(it => it.name)"))
                .isNotEmpty()
                .allMatch(name -> name.toString().startsWith(procmon.address() + "/"));
    }

    private static void findsNoBarrier(Service procmon, Look look) {
        browser.screen(look.width(), look.height());
        browser.prefers(look.scheme());
        visit(procmon, 2);
        if (!browser.evaluate("document.documentElement.lang").equals(look.language())) {
            browser.click("#language");
        }
        assertThat(browser.texts("#students-title"))
                .containsExactly(look.language().equals("ko") ? "학생" : "Students");

        assertThat(browser.violations()).as("in the table, %s", look).isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth > innerWidth"))
                .as("%s", look)
                .isEqualTo(false);
        picture("class", look);
        browser.click(ROWS + " button");
        Await.until(
                "the time line is there", () -> !browser.texts("#timeline li").isEmpty());
        Await.until("the picture is there", () -> count("#chart .mark") == 3);
        assertThat(browser.violations()).as("in the time line, %s", look).isEmpty();
        assertThat(browser.evaluate("detail.scrollWidth > detail.clientWidth"))
                .as("%s", look)
                .isEqualTo(false);
        picture("student", look);
    }

    private static void picture(String what, Look look) {
        picture(what, look.width(), look.scheme(), look.language());
    }

    /** The work of 30 students in two hours until now. The pictures of the documents are from here. */
    @Test
    void classOfTwoHours_isSeenAtAGlance(Lab lab) throws IOException {
        Path directory = lab.newDirectory();
        List<RecordedClass.Seat> seats = RecordedClass.seatsUntil(Instant.now());
        try (Logbook logbook = new Logbook(
                new LogbookOptions(Optional.of(directory), 1_000, 100_000, 1_000, Duration.ofSeconds(10)))) {
            logbook.open();
            seats.forEach(seat -> seat.attempts().forEach(attempt -> logbook.enter(seat.work(), attempt)));
        }
        Service procmon =
                lab.procmon(lab.ownPrefix(), lab.receiver(), Map.of("PROCMON_SPOOL_DIR", directory.toString()));

        JsonNode works =
                new ObjectMapper().readTree(procmon.get("/api/workflow").body());

        assertThat(works)
                .extracting(work -> work.required("student_id").textValue()
                        + " "
                        + new TreeSet<>(work.required("patterns")
                                .propertyStream()
                                .map(Map.Entry::getKey)
                                .toList()))
                .containsExactlyInAnyOrderElementsOf(seats.stream()
                        .map(seat -> seat.work().student().id() + " " + seat.patternsWithoutDueTime())
                        .toList());
        browser.screen(1280, 900);
        browser.prefers("light");
        visit(procmon, seats.size());
        Await.until("it is known how fast events come", () -> health().contains("Events/s"));
        picture("class-of-30", 1280, "light", "en");
        browser.screen(1280, 720);
        visit(procmon, seats.size());
        browser.click("tr[data-key='os-1/hw1/202012190'] button");
        Await.until("his time line is there", () -> count("#chart .mark") == 7);
        assertThat(width("#chart .stopped rect"))
                .as("95 seconds, by the scale of what is from 20:00 to 40:10")
                .isCloseTo(
                        95 * (left("#chart .mark:last-child rect") - left("#chart .mark rect")) / (20 * 60 + 10),
                        within(0.5));
        picture("student-of-30", 1280, "light", "en");
        browser.press(Keys.ESCAPE);
        browser.screen(390, 844);
        browser.prefers("dark");
        browser.click("#language");
        picture("class-of-30", 390, "dark", "ko");
    }

    /** A class service that has 10,000 rows sends one page of them, and then what changes. */
    @Test
    void classOf500StudentsAnd20Homeworks_comesByPages(Lab lab, TestReporter reporter) throws Exception {
        Path directory = lab.newDirectory();
        Set<Work> works = new HashSet<>();
        try (Logbook logbook = new Logbook(
                new LogbookOptions(Optional.of(directory), 1_000, 500_000, 1_000, Duration.ofSeconds(10)))) {
            logbook.open();
            LargeClass.forEach((work, attempt) -> {
                works.add(work);
                logbook.enter(work, attempt);
            });
        }
        Service school = lab.keep(Service.startClass(
                List.of(), lab.newDirectory().resolve("log"), Map.of("PROCMON_SPOOL_DIR", directory.toString())));
        browser.screen(1280, 900);
        browser.prefers("light");

        for (String visit : List.of("first", "second")) {
            visit(school, 50);
            reporter.publishEntry(
                    visit + " visit: ms to the first paint, and to the rows",
                    browser.evaluate("""
                    [performance.getEntriesByName('first-contentful-paint')[0].startTime,
                     performance.getEntriesByName('rows')[0].startTime].map(Math.round).join(', ')""").toString());
        }
        assertThat(school.get("/api/class").body().length()).isLessThan(120_000);
        assertThat(asked()).as("besides the events").isEqualTo(List.of("/api/status"));
        assertThat(texts("#pages span")).isEqualTo("1–50 / " + works.size());
        assertThat(browser.texts(ROWS))
                .as("what was seen on another day has its date")
                .allSatisfy(row -> assertThat(row).containsPattern("[A-Z][a-z]{2} [0-9]+, [0-9]{2}:[0-9]{2}:[0-9]{2}"));
        assertThat(browser.violations()).isEmpty();
        picture("class-of-500", 1280, "light", "en");

        browser.click("#pages [data-step='1']");
        Await.until("the next page is there", () -> texts("#pages span").startsWith("51–100 / "));
        browser.click("th button[data-sort='student']");
        Await.until(
                "it begins anew, by student",
                () -> texts("#pages span").startsWith("1–50 / ")
                        && browser.texts(ROWS).getFirst().startsWith("os-1 202600000\thw1\t"));
        browser.evaluate("document.querySelector('#filters [name=search]').focus()");
        browser.type("202600123");
        Await.until(
                "only this student's homework is there",
                () -> browser.texts(ROWS).stream().allMatch(row -> row.startsWith("os-4 202600123")));
        long requests = requests();
        assertThat(report(school, buildOf("os-4", "202600123"))).isEqualTo(200);
        Await.until(
                "the new build is there",
                () -> texts("tr[data-key='os-4/hw1/202600123'].new").contains("hw1"));
        assertThat(requests()).as("nothing is loaded again").isEqualTo(requests);

        browser.click("tr[data-key='os-4/hw1/202600123'] button");
        Await.until("all homework is there", () -> count("#homework tbody tr:not(.words)") >= LargeClass.HOMEWORKS - 3);
        assertThat(browser.texts("#homework tbody tr:not(.words)"))
                .allSatisfy(row -> assertThat(row).containsPattern("median [0-9]+"));
        assertThat(count("#homework tbody tr.words")).isEqualTo(count("#homework tbody tr:not(.words)") - 1);
        assertThat(browser.violations()).isEmpty();
        picture("student-of-500", 1280, "light", "en");
    }

    /** Two students needed a minute to their first program, and a third has failed for five minutes. */
    @Test
    void studentWhoNeedsLongerThanTheClass_isOnTheList_withWhatThatRestsOn(Lab lab) throws Exception {
        Service school = lab.keep(Service.startClass(
                List.of(), lab.newDirectory().resolve("log"), Map.of("PROCMON_WORKFLOW_CLASS_STUDENTS", "2")));
        Instant begin = Instant.now().minusSeconds(600);
        for (String student : List.of("1", "2")) {
            report(school, buildOf("os-1", student, begin, 1));
            report(school, buildOf("os-1", student, begin.plusSeconds(60), 0));
        }
        report(school, buildOf("os-1", "7", begin.plusSeconds(240), 1));
        report(school, buildOf("os-1", "7", begin.plusSeconds(540), 1));
        browser.screen(1280, 720);
        visit(school, 3);

        assertThat(texts("#help li"))
                .startsWith("os-1 7 hw1 longer than the class failing for 5 min;"
                        + " 90 % of 2 others needed at most 60 s on the way to “built” for 6 min");
        assertThat(browser.violations()).isEmpty();
        browser.click("#names");
        browser.click("#language");
        browser.visit(school.address().toString());
        Await.until("names are hidden again, in Korean", () -> texts("#help li").startsWith("os-1 #3 hw1 다른 학생보다"));
        browser.click("#help button");
        Await.until("the dialog is there", () -> count("#homework tbody tr") == 1);
        assertThat(browser.texts("#detail-title")).containsExactly("os-1 #3, hw1");
        browser.press(Keys.ESCAPE);
        browser.click("#names");
        assertThat(browser.texts(ROWS + " button")).containsExactly("os-1 7", "os-1 1", "os-1 2");
    }

    private static JsonNode buildOf(String section, String student, Instant at, int exitCode) {
        return buildOf(section, student)
                .put("event_id", UUID.randomUUID().toString())
                .put("started_at", at.toString())
                .put("timestamp", at.plusMillis(94).toString())
                .put("exit_code", exitCode);
    }

    /** A build at hw1, as a node reports it. */
    private static ObjectNode buildOf(String section, String student) {
        ObjectNode build = Schemas.read("generic.json").at("/examples/0").deepCopy();
        return build.put("class_div", section).put("student_id", student);
    }

    private static int report(Service school, JsonNode event) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(school.address().resolve("/api/events"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(event.toString()))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /** The number of requests of the page, besides those for the condition of procmon. */
    private static long requests() {
        return (Long) browser.evaluate(
                "performance.getEntriesByType('resource').filter(it => !it.name.endsWith('/api/status')).length");
    }

    /** The requests of the page to the service. */
    private static List<?> asked() {
        return (List<?>) browser.evaluate("""
                [...new Set(performance.getEntriesByType('resource').map(it => new URL(it.name).pathname))]
                  .filter(it => it.startsWith('/api/')).sort()""");
    }

    /** A student who has finished, and one whose program crashes. */
    private static Service twoStudents(Lab lab) {
        String prefix = lab.ownPrefix();
        Service procmon = lab.procmon(prefix, lab.receiver(), Map.of());
        for (String id : List.of("7", "8")) {
            StudentContainer student = Samples.in(lab.container(prefix + "os-1-" + id), lab.programs());
            student.run("hw1", "gcc", "-o", "main", "main.c");
            student.run("hw1", "./main");
            student.run("hw1", "./ends", id.equals("7") ? "exit" : "kill", "6");
            Await.until(
                    "procmon has understood it all",
                    () -> procmon.get("/api/workflow/attempts?student=" + id)
                            .body()
                            .contains("\"ends\""));
        }
        return procmon;
    }

    private static void visit(Service procmon, int rows) {
        browser.visit(procmon.address().toString());
        browser.evaluate("localStorage.removeItem('language')");
        browser.visit(procmon.address().toString());
        Await.until(
                "the page is up to date",
                () -> browser.texts("#health").getFirst().contains("live")
                        && browser.texts("tr[data-key]").size() == rows);
    }

    /** In one line. */
    private static String health() {
        return browser.texts("#health").getFirst().replaceAll("\\s+", " ");
    }

    private static String reading() {
        return browser.texts("#reading").getFirst();
    }

    private static long count(String selector) {
        return (Long) browser.evaluate("document.querySelectorAll(\"%s\").length".formatted(selector));
    }

    private static double width(String selector) {
        return box(selector, "width");
    }

    private static double left(String selector) {
        return box(selector, "x");
    }

    private static double box(String selector, String side) {
        Object value = browser.evaluate("document.querySelector(\"%s\").getBBox().%s".formatted(selector, side));
        return ((Number) value).doubleValue();
    }

    private static String row() {
        List<String> rows = browser.texts(ROWS);
        return rows.isEmpty() ? "" : rows.getFirst();
    }

    private static void picture(String what, int width, String scheme, String language) {
        browser.picture(PICTURES.resolve("%s-%d-%s-%s.png".formatted(what, width, scheme, language)));
    }
}
