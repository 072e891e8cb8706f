package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.procmon.Prerequisites;
import io.procmon.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of a mirror link in a browser, as a student uses it. */
@Live
class MirrorIT {

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
    void student_deletesTheRecord_byTheButtonOfThePage(Lab lab) throws IOException {
        Path key = key(lab);
        Service school = school(lab, key, Map.of("PROCMON_MIRROR_DELETION", "true"));
        report(school);
        browser.visit(link(school, key));
        assertThat(browser.texts("tbody tr")).hasSize(2);

        browser.click("form button");

        assertThat(browser.texts("main")).singleElement().asString().contains("Deleted: builds and runs: 2");
        browser.visit(link(school, key));
        assertThat(browser.texts("tbody tr")).isEmpty();
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
        String printed = Service.output(
                "class",
                "mirror-link",
                "--key-file=" + key,
                "--course=os",
                "--section=1",
                "--student=202012180",
                "--address=" + school.address());
        return printed.strip().lines().toList().getLast();
    }
}
