package io.procmon.classroom.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.ReplayedSession;
import io.procmon.classroom.access.MirrorLinks;
import io.procmon.classroom.logbook.ClassRegister;
import io.procmon.classroom.workflow.Story;
import io.procmon.classroom.workflow.Work;
import io.procmon.process.Student;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** People sign in with a provider, and see what their roles and courses allow. */
@QuarkusTest
@TestProfile(SignInTest.WithProvider.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignInTest {

    /** The artefact with sign-in. */
    public static final class WithProvider extends ReplayedSession {
        @Override
        public List<TestResourceEntry> testResources() {
            return List.of(new TestResourceEntry(TestProvider.class));
        }

        @Override
        public Map<String, String> getConfigOverrides() {
            Map<String, String> keys = new HashMap<>(super.getConfigOverrides());
            try {
                keys.put(
                        "procmon.mirror.key-file",
                        Files.write(Files.createTempFile("mirror", "key"), KEY).toString());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            keys.put("procmon.mirror.opting-out", "true");
            return keys;
        }
    }

    private static final byte[] KEY = "a key of more than thirty-two bytes".getBytes(UTF_8);
    private static final Pattern STATE = Pattern.compile("[?&]state=([^&]+)");

    @Inject
    ClassRegister register;

    @TestHTTPResource("/")
    URI page;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    void fill() {
        register.open(Map::of);
        for (String course : List.of("os", "db")) {
            Work work = new Work(new Student(course, "1", "7"), "hw1");
            Story.of("0:00 build failed; 1:00 build ok; 2:00 run ok").forEach(attempt -> register.enter(work, attempt));
        }
    }

    @AfterAll
    void stop() {
        register.close();
        http.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        teacher   | os    | /api/workflow                        | 200
        teacher   | os    | /api/workflow?course=os              | 200
        teacher   | os    | /api/workflow?course=db              | 403
        teacher   | os    | /api/workflow/attempts?course=db     | 403
        teacher   | os    | /api/workflow/measures?course=db     | 403
        teacher   | os    | /api/workflow/changes?course=db      | 403
        teacher   | os    | /api/class                           | 200
        teacher   | os    | /api/class?course=os                 | 200
        teacher   | os    | /api/class?course=db                 | 403
        teacher   | os    | /api/class/changes?course=db         | 403
        teacher   | os    | /api/class/student?course=db&section=1&student=7 | 403
        teacher   | os    | /api/class/student?course=os&section=1&student=7 | 200
        teacher   | os    | /api/export/progsnap2?course=db      | 403
        teacher   | os    | /api/export/progsnap2?course=os      | 200
        teacher   | os    | /api/log-levels                      | 403
        teacher   | os    | /api/dead-letters                    | 403
        assistant | os    | /api/workflow?course=os              | 200
        assistant | os    | /api/workflow?course=db              | 403
        assistant | os    | /api/export/progsnap2?course=os      | 403
        admin     | none  | /api/workflow?course=db              | 200
        admin     | none  | /api/export/progsnap2                | 200
        admin     | none  | /api/log-levels                      | 200
        student   | os    | /                                    | 200
        student   | os    | /api/workflow                        | 403
        student   | os    | /api/class                           | 403
        student   | os    | /api/status                          | 403
        """)
    void person_mayAskForWhatTheRoleAllows(String role, String course, String path, int status) throws Exception {
        assertThat(get(path, "Authorization", bearer(role, course)).statusCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"teacher, os, os-1", "assistant, db, db-1", "admin, none, db-1 os-1", "teacher, none, ''"})
    void rows_areThoseOfTheOwnCourses(String role, String course, String sections) throws Exception {
        for (String path : List.of("/api/workflow", "/api/workflow/measures")) {
            JsonNode works = new ObjectMapper()
                    .readTree(get(path, "Authorization", bearer(role, course)).body());

            assertThat(works.valueStream()
                            .map(work -> work.required("class_div").asText())
                            .collect(Collectors.joining(" ")))
                    .as(path)
                    .isEqualTo(sections);
        }
    }

    @ParameterizedTest
    @CsvSource({"teacher, os, os, os-1/hw1/7", "admin, none, db os, db-1/hw1/7 os-1/hw1/7", "teacher, none, '', ''"})
    void pageOfTheClass_hasTheOwnCoursesOnly(String role, String course, String courses, String keys) throws Exception {
        JsonNode page = new ObjectMapper()
                .readTree(
                        get("/api/class", "Authorization", bearer(role, course)).body());

        assertThat(page.at("/facets/courses")
                        .valueStream()
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(" ")))
                .isEqualTo(courses);
        assertThat(page.required("order").valueStream().map(JsonNode::asText).collect(Collectors.joining(" ")))
                .isEqualTo(keys);
        assertThat(page.required("total").asInt())
                .isEqualTo(page.required("rows").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=-1", "size=0", "size=501", "sort=grade", "page=x"})
    void pageThatCannotBe_isRefused(String query) throws Exception {
        assertThat(get("/api/class?" + query, "Authorization", bearer("teacher", "os"))
                        .statusCode())
                .isBetween(400, 404);
    }

    @Test
    void teacher_isWithStudentsOfTheOwnCoursesOnly_byTheOwnName() throws Exception {
        assertThat(intervene("db")).isEqualTo(403);
        assertThat(intervene("os")).isEqualTo(204);

        assertThat(get("/api/workflow?course=os", "Authorization", bearer("teacher", "os"))
                        .body())
                .contains("\"teacher\":\"kim\"")
                .doesNotContain("somebody else");
    }

    @Test
    void tokenThatTheProviderHasNotSigned_isRefused() throws Exception {
        String token = bearer("admin", "os");
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";

        assertThat(get("/api/workflow", "Authorization", forged).statusCode()).isEqualTo(401);
    }

    @Test
    void browser_signsInWithTheProvider_andSeesThePage() throws Exception {
        HttpResponse<String> sentAway = get("/", "Accept", "text/html");
        assertThat(sentAway.statusCode()).isEqualTo(302);
        String location = sentAway.headers().firstValue("location").orElseThrow();
        assertThat(location).startsWith(issuer() + "/authorize");
        Matcher state = STATE.matcher(location);
        assertThat(state.find()).isTrue();

        HttpResponse<String> back = get("/?code=7&state=" + state.group(1), "Cookie", cookies(List.of(sentAway)));
        String session = cookies(List.of(back));

        assertThat(session).isNotEmpty();
        assertThat(get("/", "Cookie", session).body()).contains("<title>procmon</title>");
        assertThat(get("/api/workflow?course=os", "Cookie", session).statusCode())
                .isEqualTo(200);
        assertThat(get("/api/workflow?course=db", "Cookie", session).statusCode())
                .isEqualTo(403);
    }

    @Test
    void withoutSignIn_noDataIsShown() throws Exception {
        HttpResponse<String> answer = get("/api/workflow", "Accept", "application/json");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.body()).doesNotContain("os-1");
    }

    @Test
    void whoLooksAtAStudent_isShownToTheStudent_byName_andWhoIsRefusedIsNot() throws Exception {
        Student looked = new Student("os", "1", "8");
        Student other = new Student("os", "1", "9");
        for (Student student : List.of(looked, other)) {
            register.enter(new Work(student, "hw1"), Story.of("0:00 build ok").getFirst());
        }
        String teacher = bearer("teacher", "os");

        get("/api/class", "Authorization", teacher);
        get("/api/class?search=8", "Authorization", teacher);
        get("/api/class/student?course=os&section=1&student=8", "Authorization", bearer("teacher", "db"));
        assertThat(looks(looked)).as("lists, and refused requests").containsExactly("mirror by link");
        get("/api/class/student?course=os&section=1&student=8", "Authorization", teacher);
        get("/api/workflow?student=8", "Authorization", teacher);
        get("/api/workflow/attempts?student=8", "Authorization", teacher);
        get("/api/workflow/attempts?student=8", "Authorization", teacher);
        get("/api/workflow/measures?student=8", "Authorization", teacher);

        assertThat(looks(looked))
                .containsExactlyInAnyOrder("attempts by kim", "measures by kim", "work by kim", "mirror by link");
        assertThat(looks(other)).containsExactly("mirror by link");
        register.forget(looked);
        register.forget(other);
        assertThat(looks(looked)).isEmpty();
    }

    @Test
    void mirrorLink_needsNoSignIn_andSendsTheBrowserBackToItselfAfterAnAction() throws Exception {
        String path = link(new Student("os", "1", "10"));
        HttpRequest optOut = HttpRequest.newBuilder(page.resolve(path + "/opt-out"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        HttpResponse<Void> answer = http.send(optOut, HttpResponse.BodyHandlers.discarding());

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains(path);
        assertThat(get(path, "Accept-Language", "en").body()).contains("You have opted out");
        assertThat(get(path, "Accept-Language", "ko").body()).contains("기록을 거부했습니다");
    }

    /** Each kind of look, and by whom. */
    private List<String> looks(Student student) throws Exception {
        String records =
                get(link(student) + "/records", "Accept", "application/json").body();
        return new ObjectMapper()
                .readTree(records)
                .required("looks")
                .valueStream()
                .map(look -> look.required("kind").asText() + " by "
                        + look.required("viewer").asText())
                .distinct()
                .toList();
    }

    private static String link(Student student) {
        return "/mirror/"
                + new MirrorLinks(KEY)
                        .link(student, Instant.now(), Instant.now().plusSeconds(3600));
    }

    private static String cookies(List<HttpResponse<String>> answers) {
        List<String> cookies = new ArrayList<>();
        for (HttpResponse<String> answer : answers) {
            for (String cookie : answer.headers().allValues("set-cookie")) {
                String pair = cookie.split(";", 2)[0];
                if (!pair.endsWith("=")) {
                    cookies.add(pair);
                }
            }
        }
        return String.join("; ", cookies);
    }

    private int intervene(String course) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(page.resolve("/api/workflow/interventions"))
                .header("Content-Type", "application/json")
                .header("Authorization", bearer("teacher", "os"))
                .POST(HttpRequest.BodyPublishers.ofString("""
                        {"course": "%s", "section": "1", "homework": "hw1", "student": "7", "teacher": "somebody else"}
                        """.formatted(course)))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private HttpResponse<String> get(String path, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(page.resolve(path)).header(header, value).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static String issuer() {
        return ConfigProvider.getConfig().getValue("procmon.sign-in.issuer", String.class);
    }

    private static String bearer(String role, String course) {
        String key = ConfigProvider.getConfig().getValue(TestProvider.KEY, String.class);
        return "Bearer "
                + TestProvider.token(TestProvider.key(key), issuer(), "kim", "\"" + role + "\"", "\"" + course + "\"");
    }
}
