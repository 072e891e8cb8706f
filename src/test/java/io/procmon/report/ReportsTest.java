package io.procmon.report;

import static io.procmon.Classroom.HW1;
import static io.procmon.Classroom.exec;
import static io.procmon.Classroom.exit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.Classroom;
import io.procmon.ExecVariant;
import io.procmon.classroom.course.Check;
import io.procmon.events.Activity;
import io.procmon.events.Attributed;
import io.procmon.events.ExecRecord;
import io.procmon.events.Started;
import io.procmon.parser.Command;
import io.procmon.parser.CompilerSettings;
import io.procmon.parser.Source;
import io.procmon.process.ContainerPath;
import io.procmon.process.ProcessType;
import io.procmon.process.Student;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsTest {

    private static final Student STUDENT = new Student("os", "1", "202012180");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Reports reports = new Reports(JSON, Classroom.config(Map.of()));

    @Test
    void wordBehindAnOption_isMaskedInEveryText() throws Exception {
        ExecRecord gcc = exec(1, "/usr/bin/gcc", "gcc", "main.c", "--password", "hunter2", "--token", "./ab");

        String body = build(gcc, "main.c", "hunter2", "ab");

        assertThat(body).contains("main.c").doesNotContain("hunter2").doesNotContain("/ab\"");
        assertThat(JSON.readTree(body).path("inputs")).map(JsonNode::textValue).containsOnly(HW1 + "/***");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ghp_0123456789abcdefghijkl",
                "DB_PASSWORD=ghp_0123456789abcdefghijkl",
                "sub/TOKEN=ghp_0123456789abcdefghijkl",
                "https://u:ghp_0123456789abcdefghijkl@h/x"
            })
    void secretOfAnArgumentFile_isMaskedToo(String word) throws Exception {
        ExecRecord gcc = exec(1, "/usr/bin/gcc", "gcc", "@options");

        assertThat(build(gcc, "main.c", word)).contains("main.c").doesNotContain("0123456789");
    }

    @Test
    void directoryAndExecutable_areTextsToo() throws Exception {
        ExecRecord run = ExecVariant.of(exec(1, HW1 + "/TOKEN=hunter2", "./main"))
                .cwd(ContainerPath.of("/home/coder/project/hw1/API_KEY=hunter2"))
                .filename("./--password=hunter2")
                .exec();

        assertThat(build(run, "main.c")).doesNotContain("hunter2");
    }

    @Test
    void secretThatIsCalledLikeTheHomework_leavesTheDirectoryAlone() throws Exception {
        ExecRecord gcc = exec(1, "/usr/bin/gcc", "gcc", "main.c", "--password", "hw1");

        JsonNode body = JSON.readTree(build(gcc, "main.c"));

        assertThat(body.path("cwd").textValue()).isEqualTo(HW1.value());
        assertThat(body.path("target_path").textValue()).isEqualTo(HW1 + "/main.c");
    }

    @Test
    void fileName_isRedactedForTheClassToo() {
        assertThat(reports.reportedName("src/TOKEN=hunter2", STUDENT)).isEqualTo("src/TOKEN=***");
        assertThat(reports.reportedName("src/main.c", STUDENT)).isEqualTo("src/main.c");
    }

    private String build(ExecRecord exec, String source, String... inputs) {
        Command.Compile compile = new Command.Compile(
                List.of(new Source(exec.call().cwd().resolve(source), "c")),
                List.of(inputs).stream().map(exec.call().cwd()::resolve).toList(),
                List.of(),
                CompilerSettings.NONE);
        Attributed origin =
                new Attributed(exec, STUDENT, new ProcessType.UserBinary(), Optional.empty(), Classroom.NODE);
        Activity activity = new Activity.Build(new Started(origin, compile, "hw1"), compile, exit(exec.image(), 0));
        return reports.of(activity, List.of(new Check("x", false, "not called --password=hunter2")))
                .activity();
    }
}
