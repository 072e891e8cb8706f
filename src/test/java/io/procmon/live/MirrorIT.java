package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.procmon.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a mirror link in a browser, as a student uses it. */
@Live
class MirrorIT {

    private static Browser browser;

    @BeforeAll
    static void openBrowser(Lab lab) {
        browser = lab.browser();
    }

    @Test
    void student_deletesTheRecord_byTheButtonOfThePage(Lab lab) throws IOException {
        Path key = key(lab);
        Service school = school(lab, key, Map.of("PROCMON_MIRROR_DELETION", "true"));
        report(school);
        visit(link(school, key), "en");
        assertThat(browser.texts("div:nth-of-type(1) tbody tr")).hasSize(2);

        browser.clickAndLoad("form button");

        assertThat(browser.texts("main")).singleElement().asString().contains("Deleted: builds and runs: 2");
        browser.visit(link(school, key));
        assertThat(browser.texts("tbody tr")).isEmpty();
    }

    @Test
    void student_seesWhoHasLooked_optsOut_andInAgain_byThePage(Lab lab) throws IOException {
        Path key = key(lab);
        Path courses = lab.newDirectory();
        Files.writeString(
                courses.resolve("os.yaml"),
                "course: os\nzone: Asia/Seoul\nmirror: [shown, opting-out]\nhomeworks: []\n");
        Service school = school(
                lab,
                key,
                Map.of(
                        "PROCMON_REQUIREMENTS_DIR", courses.toString(),
                        "PROCMON_MIRROR_OPTING_OUT", "true",
                        "PROCMON_MIRROR_DELETION", "true"));
        report(school);
        school.get("/api/class");
        school.get("/api/workflow/attempts?course=os&section=1&student=202012180");
        school.get("/api/workflow/attempts?course=os&section=1&student=202012180");
        String link = link(school, key);

        browser.screen(390, 844);
        browser.prefers("light");
        visit(link, "en");
        assertThat(browser.evaluate("document.documentElement.scrollWidth > innerWidth"))
                .as("only the tables scroll on a phone")
                .isEqualTo(false);
        assertThat(browser.texts("div:nth-of-type(2) tbody tr"))
                .hasSize(2)
                .anyMatch(look -> look.endsWith("somebody on the server\tbuilds and runs"))
                .anyMatch(look -> look.endsWith("somebody with a link to this page\tthis page"));
        assertThat(browser.texts("form button"))
                .as("the course offers no deletion")
                .containsExactly("Opt out");
        assertThat(browser.violations()).isEmpty();
        browser.clickAndLoad("form button");

        assertThat(browser.texts("form button")).containsExactly("Opt in again");
        assertThat(browser.violations()).isEmpty();
        report(school);
        assertThat(school.metrics().of("procmon_intake_events_total", "result", "opted_out"))
                .isEqualTo(2);
        assertThat(school.get("/api/class").body())
                .contains("\"state\":\"opted_out\"", "\"funnels\":[]")
                .doesNotContain("\"state\":\"ran\"");

        browser.prefers("dark");
        visit(link, "ko");
        assertThat(browser.texts("form button")).containsExactly("다시 기록 허용");
        assertThat(browser.texts("div:nth-of-type(1) tbody tr"))
                .as("by the clock of the course")
                .first()
                .asString()
                .startsWith("2026-11-22 23:03:23 +09:00\thw1\t빌드\tmain.c\t성공\t0\t");
        assertThat(browser.violations()).isEmpty();
        browser.clickAndLoad("form button");

        report(school);
        assertThat(school.metrics().of("procmon_intake_events_total", "result", "repeated"))
                .isEqualTo(2);
        assertThat(browser.texts("form button")).containsExactly("기록 거부");
        assertThat(school.log())
                .contains("a student of os-1 has opted out", "a student of os-1 has opted in again")
                .doesNotContain("202012180", link.substring(link.lastIndexOf('/')));
        assertThat(school.management("/q/metrics").body()).doesNotContain(link.substring(link.lastIndexOf('/') + 1));
        assertThat(school.post(path(link) + "/delete", "")).isEqualTo(403);
    }

    @Test
    void revokedLink_opensNoMore_andLaterOnesAndThoseOfOthersDo(Lab lab) throws IOException {
        Path key = key(lab);
        Service school = school(lab, key, Map.of());
        report(school);
        String old = link(school, key);
        String other = printed(school, key, "202012181");
        assertThat(school.get(path(old)).statusCode()).isEqualTo(200);

        assertThat(printed(school, key, "202012180", "--revoke"))
                .isEqualTo("revoked: the links of os-1 202012180 so far");

        assertThat(school.get(path(old)).statusCode()).isEqualTo(404);
        visit(old, "ko");
        assertThat(browser.texts("main")).singleElement().asString().contains("새 링크를 요청하세요");
        assertThat(browser.violations()).isEmpty();
        assertThat(school.get(path(old) + "/records").statusCode()).isEqualTo(404);
        assertThat(school.post(path(old) + "/opt-in", "")).isEqualTo(404);
        assertThat(school.get(path(other)).statusCode()).isEqualTo(200);
        assertThat(school.get(path(link(school, key))).statusCode()).isEqualTo(200);
        assertThat(school.log())
                .contains("the mirror links of a student of os-1 are revoked")
                .doesNotContain("202012180");

        assertThat(school.post(path(old) + "/revoke", ""))
                .as("a link is no revocation")
                .isEqualTo(404);
    }

    private static void visit(String link, String language) {
        browser.asksIn(language);
        browser.visit(link);
    }

    private static String path(String link) {
        return link.substring(link.indexOf("/mirror/"));
    }

    private static Path key(Lab lab) throws IOException {
        return Files.writeString(lab.newDirectory().resolve("key"), "a key of more than thirty-two bytes");
    }

    private static Service school(Lab lab, Path key, Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PROCMON_MIRROR_KEY_FILE", key.toString());
        return lab.keep(Service.startClass(List.of(), lab.newDirectory().resolve("log"), environment));
    }

    /** The build and the run of the contract's examples. */
    private static void report(Service school) throws IOException {
        for (JsonNode event : Schemas.read("generic.json").required("examples")) {
            school.post("/api/events", event.toString());
        }
    }

    /** A link for the student of the examples. */
    private static String link(Service school, Path key) {
        return printed(school, key, "202012180");
    }

    /** The last line that the command prints. */
    private static String printed(Service school, Path key, String student, String... more) {
        List<String> words = new ArrayList<>(List.of(
                "class",
                "mirror-link",
                "--key-file=" + key,
                "--course=os",
                "--section=1",
                "--student=" + student,
                "--address=" + school.address()));
        words.addAll(List.of(more));
        return Service.output(words.toArray(String[]::new))
                .strip()
                .lines()
                .toList()
                .getLast();
    }
}
