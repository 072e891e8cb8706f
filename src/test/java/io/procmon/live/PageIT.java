package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.Prerequisites;
import io.procmon.logbook.Logbook;
import io.procmon.logbook.LogbookOptions;
import io.procmon.workflow.RecordedClass;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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
    static void openBrowser() {
        Prerequisites.require(Browser.isInstalled(), "chromium is not installed, or its driver is not");
        browser = Browser.open();
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void rowAppears_andChanges_whileAStudentWorks(Lab lab) {
        String prefix = lab.ownPrefix();
        Service procmon = lab.procmon(prefix, lab.receiver(), Map.of());
        StudentContainer student = lab.container(prefix + "os-1-7").write("hw1/main.c", "int main(void) { return 0 }");
        visit(procmon, 0);
        assertThat(browser.texts("#nothing")).containsExactly("Nothing has been seen yet.");

        student.run("hw1", "gcc", "-o", "main", "main.c");
        Await.until("the failed build is there", () -> row().contains("1 (1 failed)"));

        student.write("hw1/main.c", "int main(void) { return 0; }").run("hw1", "gcc", "-o", "main", "main.c");
        student.run("hw1", "./main");
        Await.until("what the student did then is there", () -> row().contains("2 (1 failed)\t1\t"));
        assertThat(row()).startsWith("os-1 7\thw1\tran\t");
        assertThat(browser.evaluate("document.querySelectorAll('tr svg rect').length"))
                .isEqualTo(3L);
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

    @ParameterizedTest
    @CsvSource({
        "1280, 720, light, en",
        "1280, 720, dark, ko",
        "390, 844, light, ko",
        "390, 844, dark, en",
    })
    void whoeverLooks_findsNoBarrier(int width, int height, String scheme, String language, Lab lab) {
        browser.screen(width, height);
        browser.prefers(scheme);
        visit(twoStudents(lab), 2);
        if (!browser.evaluate("document.documentElement.lang").equals(language)) {
            browser.click("#language");
        }
        assertThat(browser.texts("#students-title")).containsExactly(language.equals("ko") ? "학생" : "Students");

        assertThat(browser.violations()).as("in the table").isEmpty();
        assertThat(browser.evaluate("document.documentElement.scrollWidth > innerWidth"))
                .isEqualTo(false);
        picture("class", width, scheme, language);
        browser.click(ROWS + " button");
        Await.until(
                "the time line is there", () -> !browser.texts("#timeline li").isEmpty());
        assertThat(browser.violations()).as("in the time line").isEmpty();
        picture("student", width, scheme, language);
    }

    @Test
    void page_asksNobodyElse(Lab lab) {
        Service procmon = twoStudents(lab);
        visit(procmon, 2);

        assertThat((List<?>) browser.evaluate("performance.getEntriesByType('resource').map(it => it.name)"))
                .isNotEmpty()
                .allMatch(name -> name.toString().startsWith(procmon.address() + "/"));
    }

    /** What 30 students did in two hours, as an earlier life of procmon has written it down. */
    @Test
    void classOfTwoHours_isSeenAtAGlance(Lab lab) throws IOException {
        Path directory = lab.newDirectory();
        List<RecordedClass.Seat> seats = RecordedClass.seats();
        try (Logbook logbook = new Logbook(new LogbookOptions(Optional.of(directory), 1_000, 100_000, 1_000))) {
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
        picture("class-of-30", 1280, "light", "en");
        browser.screen(390, 844);
        browser.prefers("dark");
        browser.click("#language");
        picture("class-of-30", 390, "dark", "ko");
    }

    /** One who is through, and one whose program crashes. */
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

    private static String row() {
        List<String> rows = browser.texts(ROWS);
        return rows.isEmpty() ? "" : rows.getFirst();
    }

    private static void picture(String what, int width, String scheme, String language) {
        browser.picture(PICTURES.resolve("%s-%d-%s-%s.png".formatted(what, width, scheme, language)));
    }
}
