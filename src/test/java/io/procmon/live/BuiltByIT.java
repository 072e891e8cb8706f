package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Real compilers and programs: each run has the build of its program, and its sources. */
@Live
class BuiltByIT {

    /**
     * The last event is the run; the number is that of its build among the events. At {@code ;}, the test waits until
     * procmon has seen the commands before it.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        builtAndRun            | gcc -o main main.c && ./main                                                | 0 | main.c
        withoutAName           | gcc main.c && ./a.out                                                       | 0 | main.c
        movedAfterItsFirstRun  | gcc -o main main.c && ./main && mv main sub/x && sub/x                      | 0 | main.c
        fromAnotherDirectory   | gcc -o ../main ../main.c && cd / && /home/coder/project/hw1/main            | 0 | main.c
        twice                  | gcc -o main main.c && gcc -o main other.c && ./main                         | 1 | other.c
        objects                | gcc -c -o m.o m.c && gcc -c -o f.o f.c && gcc -o prog m.o f.o && ./prog     | 2 | m.c f.c
        stripped               | gcc -o main main.c && strip main && ./main                                  | 0 | main.c
        installed              | gcc -o main main.c && install -m755 main sub/x && sub/x                     | 0 | main.c
        copied                 | gcc -o main main.c && cp main x && mv x sub && cd sub && ./x                | 0 | main.c
        copiedAsItIs           | gcc -o main main.c && cp -a main x && rm main && ./x                        | 0 | main.c
        archive                | gcc -c f.c && ar rcs libf.a f.o && gcc -o prog m.c -L. -lf && ./prog        | 1 | m.c f.c
        objectsMoved           | gcc -c m.c f.c && mkdir o && mv m.o f.o o && gcc -o prog o/m.o o/f.o && ./prog | 1 | m.c f.c
        objcopied              | gcc -o main main.c && objcopy --strip-debug main x && ./x                   | 0 | main.c
        archiveByAList         | gcc -c f.c && echo f.o >list && ar rcs libf.a @list && gcc -o prog m.c -L. -lf && ./prog | 1 | m.c f.c
        namesThatAreNoUtf8     | gcc -c -o $(printf '\\260').o m.c && gcc -c -o $(printf '\\263').o f.c && gcc -o prog $(printf '\\260').o $(printf '\\263').o && ./prog | 2 | m.c f.c
        copiedWithItsTime      | gcc -o main main.c && python3 -c "import shutil; shutil.copy2('main', 'sub/main')" && sub/main | 0 | main.c
        packed                 | gcc -o main main.c && tar -cf t.tar main && tar -xf t.tar -C sub && sub/main | 0 | main.c
        installedByCMake       | cmake -S .. -B build && cmake --build build && cmake --install build --prefix out && out/bin/prog | 2 | m.c f.c
        changedPlaces          | gcc -o main main.c && gcc -o other other.c && mv main t && mv other main && mv t other && ./main | 1 | other.c
        builtAndStrippedAgain  | gcc -o main main.c && strip main && gcc -o main main.c && strip main && ./main | 1 | main.c
        throughTheLoader       | gcc -o main main.c && /lib64/ld-linux-x86-64.so.2 ./main                    | 0 | main.c
        installedAtHome        | gcc -o main main.c && install -D main ~/bin/tool && ln ~/bin/tool ~/t && ~/t | 0 | main.c
        assembledByHand        | as -o n.o n.s && ld -o n n.o && ./n                                         | 0 | n.s
        optimisedAsAWhole      | gcc -flto -c m.c f.c && gcc -flto -o prog m.o f.o && ./prog                 | 1 | m.c f.c
        archiveByManyOptions   | gcc -c f.c && ar -r -c -s libf.a f.o && gcc -o prog m.c -L. -lf && ./prog  | 1 | m.c f.c
        make                   | make -s -f ../Makefile prog && ./prog                                       | 2 | m.c f.c
        """)
    void runOfWhatWasBuilt_leadsToTheBuildAndItsSources(
            String name, String commands, int build, String sources, Lab lab) {
        Prerequisites.programs("make", "cmake", "python3", "as", "ld");
        var student = homework(lab);

        for (String command : commands.split(" ; ", -1)) {
            student.run(command.contains("../main.c") ? "hw1/sub" : "hw1", "sh", "-c", command);
            assertThat(lab.events(student))
                    .as("procmon has seen what was done so far")
                    .isNotEmpty();
        }

        List<Event> events = lab.events(student);
        assertThat(events.getLast().is("built")).isTrue();
        assertThat(events.getLast().text("built_by"))
                .isEqualTo(events.get(build).text("event_id"));
        assertThat(events.getLast().body().required("built_ago_ms").doubleValue())
                .isPositive();
        assertThat(events.getLast().list("source_files"))
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .containsExactlyInAnyOrder(sources.split(" ", -1));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        copied                 | cp ends x && ./x
        copiedOverTheProgram   | gcc -o main main.c && cp ends main && ./main
        copiedAndStripped      | gcc -o main main.c && cp ends main && strip main && ./main
        copiedBesidesABuild    | gcc -o main main.c && cp ends x && ./x
        movedToTheProgramsName | gcc -o main main.c && cp ends x && mv x main && ./main
        """)
    void runOfWhatNobodyBuilt_saysSo(String name, String commands, Lab lab) {
        var student = homework(lab);

        student.run("hw1", "sh", "-c", commands);

        Event run = lab.events(student).getLast();
        assertThat(run.kind()).isEqualTo("run");
        assertThat(run.body().required("built").booleanValue()).isFalse();
        assertThat(run.body().has("built_by")).isFalse();
        assertThat(run.body().has("source_files")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cat main >x && chmod +x x && ./x", "tee x <main >/dev/null && chmod +x x && ./x"})
    void runOfWhatMayBeACopy_leavesItOpen(String copy, Lab lab) {
        var student = homework(lab);

        student.run("hw1", "sh", "-c", "gcc -o main main.c && " + copy);

        Event run = lab.events(student).getLast();
        assertThat(run.kind()).isEqualTo("run");
        assertThat(run.body().has("built")).isFalse();
        assertThat(run.text("built_unknown")).isEqualTo("possible_copy");
    }

    /** The contents are older than the container, so they may have been built on another node. */
    @Test
    void runOfWhatIsOlderThanTheWatch_leavesItOpen(Lab lab) {
        var student = homework(lab);

        student.run("hw1", "./ends");

        Event run = lab.events(student).getLast();
        assertThat(run.kind()).isEqualTo("run");
        assertThat(run.body().has("built")).isFalse();
        assertThat(run.text("built_unknown")).isEqualTo("before_start");
    }

    @Test
    void runThroughAWrapper_leadsToTheBuild(Lab lab) {
        Prerequisites.programs("valgrind");
        var student = homework(lab);

        student.run("hw1", "sh", "-c", "gcc -o main main.c && valgrind -q ./main");

        List<Event> events = lab.events(student);
        assertThat(events.getLast().text("built_by"))
                .isEqualTo(events.getFirst().text("event_id"));
    }

    /** On another node, only these facts identify the build of a run. */
    @Test
    void buildAndRun_nameTheSameContents(Lab lab) throws IOException {
        var student = homework(lab);

        student.run("hw1", "sh", "-c", "gcc -o main main.c && ./main");

        Path program = student.file("hw1/main");
        long bytes = Files.size(program);
        String modifiedAt = Files.getLastModifiedTime(program).toInstant().toString();
        assertThat(lab.events(student)).hasSize(2).allSatisfy(event -> {
            assertThat(event.number("program_bytes")).isEqualTo((int) bytes);
            assertThat(event.text("program_modified_at")).isEqualTo(modifiedAt);
        });
    }

    private static StudentContainer homework(Lab lab) {
        return Samples.in(lab.student(), lab.programs())
                .write("hw1/sub/.keep", "")
                .write("hw1/other.c", "int main(void) { return 1; }\n")
                .write("hw1/n.s", ".globl _start\n_start: mov $60, %eax\n mov $7, %edi\n syscall\n")
                .write("hw1/f.c", "int f(void) { return 0; }\n")
                .write("hw1/m.c", "int f(void); int main(void) { return f(); }\n")
                .write("hw1/Makefile", "%: %.c\n\tgcc -o $@ $<\n")
                .write(
                        "CMakeLists.txt",
                        "cmake_minimum_required(VERSION 3.16)\nproject(P C)\nadd_executable(prog hw1/m.c hw1/f.c)\ninstall(TARGETS prog)\n")
                .write("Makefile", "prog: m.o f.o\n\tgcc -o $@ $^\n%.o: %.c\n\tgcc -c -o $@ $<\n");
    }
}
