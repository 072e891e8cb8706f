package io.procmon.live;

import static io.procmon.live.StudentContainer.PROJECT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Students and containers: hostnames, namespaces, mounts, and processes that outlive their file or ran before procmon.
 */
@Live
class ContainerIT {

    @ParameterizedTest
    @CsvSource({
        "test2502-12-300000001, test2502-12, 300000001",
        "os-1-300000002-68d5d5b57b-bp47r, os-1, 300000002",
        "os-1-300000003-, os-1, 300000003"
    })
    void hostnameWithAndWithoutSuffix_namesItsStudent(String hostname, String classDiv, String id, Lab lab) {
        var student = Samples.in(lab.studentAt(hostname), lab.programs());

        student.run("hw1", "./ends", "exit", "3");

        assertThat(lab.events(student)).singleElement().satisfies(event -> {
            assertThat(event.classDiv()).isEqualTo(classDiv);
            assertThat(event.student()).isEqualTo(id);
            assertThat(event.text("hostname")).isEqualTo(lab.prefix() + hostname);
        });
    }

    @Test
    void hostnameOf64Bytes_isKeptWhole(Lab lab) {
        var start = "os-1-400000001-";
        var student = Samples.in(
                lab.studentAt(start + "x".repeat(64 - lab.prefix().length() - start.length())), lab.programs());

        student.run("hw1", "./ends", "exit", "3");

        assertThat(student.hostname()).hasSize(64);
        assertThat(lab.events(student))
                .singleElement()
                .extracting(Event::student)
                .isEqualTo("400000001");
    }

    @Test
    void foreignHostname_isDroppedInTheKernel(Lab lab) {
        var student = lab.student();
        lab.events(student);
        var before = lab.procmon().metrics().received();
        var foreigner = Samples.in(lab.container("foreign-os-1-202012180"), lab.programs());

        foreigner.run("hw1", "gcc", "-c", "main.c");
        foreigner.run("hw1", "./ends", "exit", "3");
        lab.events(student);

        assertThat(lab.procmon().metrics().received())
                .as("only the student's fence came")
                .isEqualTo(before + 1);
        assertThat(lab.backend().events())
                .noneMatch(event -> event.text("hostname").startsWith("foreign"));
    }

    @Test
    void hostnameThatNamesNoStudent_isCountedUnderItsReason(Lab lab) {
        var student = lab.student();
        lab.events(student);
        var before = lab.procmon().metrics();
        var nobody = Samples.in(lab.container(lab.prefix() + "os-one-x"), lab.programs());

        nobody.run("hw1", "./ends", "exit", "3");
        lab.events(student);

        assertThat(lab.procmon().metrics().stopped("hostname_malformed") - before.stopped("hostname_malformed"))
                .as("the container's first process, and the run")
                .isEqualTo(2);
    }

    @Test
    void pidNamespaceAndBindMount_areSeenAsTheStudentSeesThem(Lab lab) {
        var student = Samples.in(lab.student(), lab.programs());

        var ended = student.run("hw1", "gcc", "-o", "main", "main.c");

        assertThat(lab.events(student)).singleElement().satisfies(event -> {
            assertThat(event.text("container_id")).isEqualTo(student.id());
            assertThat(event.pid()).isEqualTo(ended.pid());
            assertThat(event.number("pid")).isNotEqualTo(ended.pid());
            assertThat(event.text("cwd")).isEqualTo(PROJECT + "/hw1");
            assertThat(event.text("target_path")).isEqualTo(PROJECT + "/hw1/main.c");
            assertThat(event.text("output_path")).isEqualTo(PROJECT + "/hw1/main");
            assertThat(event.text("binary_path")).startsWith("/usr/bin/").contains("gcc");
            assertThat(event.list("arguments")).containsExactly("gcc", "-o", "main", "main.c");
        });
    }

    @Test
    void binaryDeletedWhileItRuns_keepsItsName(Lab lab) {
        var student = Samples.in(lab.student(), lab.programs());
        var running = student.start("hw1", "./ends", "when-gone", "ends", "4");

        Shell.run("rm", student.file("hw1/ends").toString());
        var ended = running.end();

        assertThat(lab.events(student)).singleElement().satisfies(event -> {
            assertThat(event.summary()).isEqualTo("hw1 run USER_BINARY 4 " + PROJECT + "/hw1/ends");
            assertThat(event).matches(it -> it.agreesWith(ended));
        });
    }

    @Test
    void processThatRanBeforeTheStart_isTakenInAndMarked(Lab lab) {
        var prefix = lab.ownPrefix();
        var backend = lab.receiver();
        var student = Samples.in(lab.container(prefix + lab.nextStudent()), lab.programs());
        student.write("hw1/wait", "");
        var running = student.start("hw1", "./ends", "when-gone", "wait", "6");

        lab.procmon(prefix, backend, Map.of());
        Shell.run("rm", student.file("hw1/wait").toString());
        var ended = running.end();

        assertThat(student.eventsAt(backend)).singleElement().satisfies(event -> {
            assertThat(event.summary()).isEqualTo("hw1 run USER_BINARY 6 " + PROJECT + "/hw1/ends");
            assertThat(event.list("arguments")).isEqualTo(List.of("./ends", "when-gone", "wait", "6"));
            assertThat(event).matches(it -> it.agreesWith(ended));
            assertThat(event.is("taken_in")).isTrue();
            assertThat(event.list("arguments")).containsExactly("./ends", "when-gone", "wait", "6");
        });
    }

    @Test
    void thousandRuns_areAThousandEvents_eachOnce(Lab lab) {
        var student = lab.student()
                .install("hw1/tiny", lab.programs().tiny())
                .install("repeat", lab.programs().repeat());

        student.run("hw1", "../repeat", "./tiny", "1000");

        assertThat(lab.events(student))
                .hasSize(1000)
                .allMatch(event -> event.summary().equals("hw1 run USER_BINARY 0 " + PROJECT + "/hw1/tiny"))
                .extracting(event -> Integer.parseInt(event.list("arguments").getLast()))
                .containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
        assertThat(lab.events(student))
                .extracting(event -> event.text("event_id"))
                .doesNotHaveDuplicates();
    }
}
