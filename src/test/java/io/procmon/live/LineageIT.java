package io.procmon.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.procmon.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One action of a student is reported once, with the programs that started it. */
@Live
class LineageIT {

    @Test
    void oneCompileOfTwoFiles_isOneEvent(Lab lab) {
        var student = program(lab, "a.c").write("hw1/b.c", "int b;");

        student.run("hw1", "gcc", "-Wall", "-O1", "-std=c11", "a.c", "b.c", "-lm");

        assertThat(lab.events(student)).singleElement().satisfies(build -> {
            assertThat(build.text("type")).isEqualTo("GCC");
            assertThat(build.list("source_files")).containsExactly(path("a.c"), path("b.c"));
            assertThat(build.list("outputs")).containsExactly(path("a.out"));
            assertThat(build.text("step")).isEqualTo("link");
            assertThat(build.text("standard")).isEqualTo("c11");
            assertThat(build.list("warnings")).containsExactly("-Wall");
            assertThat(build.text("optimization")).isEqualTo("-O1");
            assertThat(build.body().has("build_id")).isFalse();
        });
    }

    @Test
    void ccache_countsOnce_whetherItKnowsTheAnswerOrNot(Lab lab) {
        Prerequisites.programs("ccache");
        var student = program(lab, "a.c");

        student.run("hw1", "ccache", "gcc", "-c", "a.c");
        student.run("hw1", "ccache", "gcc", "-c", "a.c");
        student.run("hw1", "/usr/lib/ccache/gcc", "-c", "a.c");
        student.run("hw1", "env", "CCACHE_DISABLE=1", "ccache", "gcc", "-c", "a.c");

        assertThat(lab.events(student)).hasSize(4).allSatisfy(build -> {
            assertThat(build.text("type")).isEqualTo("GCC");
            assertThat(build.list("outputs")).containsExactly(path("a.o"));
            assertThat(build.list("wrapper")).contains("ccache");
        });
    }

    @Test
    void distcc_countsOnce(Lab lab) {
        Prerequisites.programs("distcc");

        assertCompileThrough(lab, "distcc", "env", "DISTCC_HOSTS=localhost", "distcc", "gcc", "-c", "a.c");
    }

    @Test
    void sccache_whoseServerCompiles_countsOnce(Lab lab) {
        assumeThat(Path.of("/usr/bin/sccache")).isExecutable();
        var student = program(lab, "a.c");

        String port = "SCCACHE_SERVER_PORT=" + Service.freePort(); // not the server of another container
        student.run("hw1", "env", port, "sccache", "gcc", "-c", "a.c");
        student.run("hw1", "env", port, "sccache", "gcc", "-c", "a.c");
        student.run("hw1", "env", port, "sccache", "--stop-server");
        student.run("hw1", "gcc", "-c", "a.c");

        assertThat(lab.events(student))
                .extracting(Event::summary)
                .containsExactly(
                        "hw1 build GCC 0 " + path("a.c"),
                        "hw1 build GCC 0 " + path("a.c"),
                        "hw1 build GCC 0 " + path("a.c"));
    }

    @Test
    void scanBuild_countsOnce(Lab lab) {
        Prerequisites.programs("scan-build");

        assertCompileThrough(
                lab, "scan-build", "scan-build", "--use-cc=gcc", "-o", "/home/reports", "gcc", "-c", "a.c");
    }

    @Test
    void scriptAroundACompiler_countsOnce(Lab lab) {
        var student = program(lab, "a.c").write("tools/gcc", "#!/bin/sh\n/usr/bin/gcc \"$@\" 2>&1\n");

        student.run("hw1", "sh", "../tools/gcc", "-c", "a.c");

        assertThat(lab.events(student))
                .singleElement()
                .matches(build -> build.summary().equals("hw1 build GCC 0 " + path("a.c")));
    }

    private static void assertCompileThrough(Lab lab, String wrapper, String... command) {
        var student = program(lab, "a.c");

        student.run("hw1", command);

        assertThat(lab.events(student)).singleElement().satisfies(build -> {
            assertThat(build.summary()).isEqualTo("hw1 build GCC 0 " + path("a.c"));
            assertThat(build.list("wrapper")).contains(wrapper);
        });
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        make  | make -j2
        ninja | ninja
        cmake | sh -c 'cmake -S . -B /home/build && cmake --build /home/build'
        cmake | sh -c 'cmake -G Ninja -S . -B /home/build && cmake --build /home/build'
        """)
    void buildTool_isNoBuild_butItsCompilesShareOne(String tool, String command, Lab lab) {
        Prerequisites.programs(tool);
        var student = program(lab, "a.c")
                .write("hw1/b.c", "int b;")
                .write("hw1/c.c", "int c;")
                .write("hw1/Makefile", "all: a.o b.o c.o\n%.o: %.c\n\tgcc -c $<\n")
                .write(
                        "hw1/build.ninja",
                        "rule cc\n command = gcc -c $in\nbuild a.o: cc a.c\nbuild b.o: cc b.c\nbuild c.o: cc c.c\n")
                .write(
                        "hw1/CMakeLists.txt",
                        "cmake_minimum_required(VERSION 3.10)\nproject(hw C)\nadd_library(hw STATIC a.c b.c c.c)\n");

        student.run("hw1", Shell.words(command));

        var events = lab.events(student);
        assertThat(events)
                .extracting(event -> event.text("target_path"))
                .containsExactlyInAnyOrder(path("a.c"), path("b.c"), path("c.c"));
        assertThat(events).extracting(event -> event.text("build_id")).doesNotContainNull();
        assertThat(events.stream().map(event -> event.text("build_id")).distinct())
                .hasSize(1);
    }

    @Test
    void cmake_triesPrograms_whichAreNoBuildsOfTheStudent(Lab lab) {
        Prerequisites.programs("cmake", "make");
        var student = program(lab, "a.c").write("hw1/CMakeLists.txt", """
                        cmake_minimum_required(VERSION 3.10)
                        project(hw C)
                        include(CheckFunctionExists)
                        include(CheckCSourceRuns)
                        check_function_exists(printf HAVE_PRINTF)
                        check_c_source_runs("int main(void) { return 0; }" IT_RUNS)
                        add_executable(hw a.c)
                        """);
        var before = lab.procmon().metrics();

        student.run("hw1", "cmake", "-S", ".", "-B", "build");
        student.run("hw1", "cmake", "--build", "build");
        student.run("hw1", "build/hw");

        assertThat(lab.events(student))
                .extracting(Event::summary)
                .containsExactly(
                        "hw1 build GCC 0 " + path("a.c"),
                        "hw1 build GCC 0 " + path("build/hw"),
                        "hw1 run USER_BINARY 0 " + path("build/hw"));
        assertThat(lab.procmon().metrics().stopped("ignored_path") - before.stopped("ignored_path"))
                .isPositive();
    }

    @Test
    void configureOfAutoconf_triesPrograms_whichAreNoBuildsOfTheStudent(Lab lab) {
        Prerequisites.programs("autoreconf", "automake", "make");
        var student = program(lab, "main.c")
                .write("hw1/Makefile.am", "bin_PROGRAMS = prog\nprog_SOURCES = main.c\n")
                .write("hw1/configure.ac", """
                        AC_INIT([prog], [1.0])
                        AM_INIT_AUTOMAKE([foreign])
                        AC_PROG_CC
                        AC_PROG_CXX
                        AC_C_BIGENDIAN
                        AC_CHECK_SIZEOF([long])
                        AC_CHECK_HEADERS([unistd.h nowhere.h])
                        AC_SEARCH_LIBS([cos], [m])
                        AC_RUN_IFELSE([AC_LANG_PROGRAM([], [return 0;])])
                        AC_CONFIG_FILES([Makefile])
                        AC_OUTPUT
                        """);
        student.run("hw1", "autoreconf", "-i");

        student.run("hw1", "./configure", "-q");
        student.run("hw1", "make", "-s");
        student.run("hw1", "./prog");

        assertThat(lab.events(student))
                .filteredOn(event -> !event.text("type").matches("BASH|SH|PERL"))
                .extracting(Event::summary)
                .containsExactly(
                        "hw1 build GCC 0 " + path("main.c"),
                        "hw1 build GCC 0 " + path("prog"),
                        "hw1 run USER_BINARY 0 " + path("prog"));
    }

    @Test
    void configure_triesPrograms_whichAreNoBuildsOfTheStudent(Lab lab) {
        var student = program(lab, "a.c").write("hw1/configure", """
                        #!/bin/sh
                        echo 'int main(void) { return 0; }' > conftest.c
                        gcc -o conftest -g -O2 conftest.c && ./conftest
                        test=ztest$$
                        echo 'int main(void) { return missing; }' > $test.c
                        gcc -c $test.c 2>/dev/null
                        cp conftest.c $test.c
                        gcc -o $test $test.c && ./$test
                        """);

        student.run("hw1", "sh", "configure");
        student.run("hw1", "gcc", "a.c");

        assertThat(lab.events(student))
                .extracting(Event::summary)
                .containsExactly("hw1 run SH 0 " + path("configure"), "hw1 build GCC 0 " + path("a.c"));
    }

    @Test
    void valgrind_isARunOfTheProgramInIt(Lab lab) {
        Prerequisites.programs("valgrind");
        assertRunThrough(lab, "valgrind", "valgrind", "--leak-check=full", "./main");
    }

    @Test
    void timeout_namesItselfAsTheWrapper(Lab lab) {
        assertRunThrough(lab, "timeout", "timeout", "60", "./main");
    }

    @Test
    void wrapperInTheFirstLineOfAScript_isNoRunOfItsOwn(Lab lab) throws IOException {
        var student =
                lab.student().write("hw1/solve.py", "#!/usr/bin/env -S timeout 60 python3\nraise SystemExit(6)\n");
        Files.setPosixFilePermissions(student.file("hw1/solve.py"), PosixFilePermissions.fromString("rwxr-xr-x"));

        student.run("hw1", "./solve.py");

        assertThat(lab.events(student)).singleElement().satisfies(run -> {
            assertThat(run.summary()).isEqualTo("hw1 run PYTHON 6 " + path("solve.py"));
            assertThat(run.list("wrapper")).containsExactly("timeout");
        });
    }

    @Test
    void nice_thatBecomesTheProgram_namesItselfToo(Lab lab) {
        assertRunThrough(lab, "nice", "nice", "./main");
    }

    @Test
    void strace_namesItselfAsTheWrapper(Lab lab) {
        Prerequisites.programs("strace");
        assertRunThrough(lab, "strace", "strace", "-o", "/dev/null", "./main");
    }

    @Test
    void gdb_namesItselfAsTheWrapper(Lab lab) {
        Prerequisites.programs("gdb");
        assertRunThrough(lab, "gdb", "gdb", "-batch", "-ex", "run", "--args", "./main", "3");
    }

    private static void assertRunThrough(Lab lab, String wrapper, String... command) {
        var student = program(lab, "main.c");
        student.run("hw1", "gcc", "-o", "main", "main.c");

        student.run("hw1", command);

        assertThat(lab.events(student)).hasSize(2).last().satisfies(run -> {
            assertThat(run.summary()).isEqualTo("hw1 run USER_BINARY 0 " + path("main"));
            assertThat(run.list("wrapper")).isEqualTo(List.of(wrapper));
            assertThat(run.text("built_by"))
                    .isEqualTo(lab.events(student).getFirst().text("event_id"));
        });
    }

    private static StudentContainer program(Lab lab, String name) {
        return lab.student().write("hw1/" + name, "int main(void) { return 0; }\n");
    }

    private static String path(String name) {
        return StudentContainer.PROJECT + "/hw1/" + name;
    }
}
