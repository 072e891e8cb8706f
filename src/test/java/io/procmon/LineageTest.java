package io.procmon;

import static io.procmon.Classroom.image;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.events.ExecRecord;
import io.procmon.events.ImageKey;
import io.procmon.events.Started;
import io.procmon.handlers.Outcome;
import io.procmon.handlers.Reason;
import io.procmon.join.Lineage;
import io.procmon.join.Step;
import io.procmon.stream.HandlerChain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Families of processes, from the handlers to the lineage: which activities count, and what started them. */
class LineageTest {

    private static final ImageKey NOBODY = null;
    private static final ImageKey SHELL = image(1, 1);
    private static final String LOADER = "/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2";

    private final HandlerChain chain =
            new HandlerChain(Classroom.config(Map.of()), Classroom.NODE, Classroom.parsers(), List.of());
    private final Lineage lineage = new Lineage(chain.launchers());

    @Test
    void compilerBelowACompiler_isAPartOfItsBuild() {
        assertThat(begin(image(2, 1), SHELL, "/usr/bin/gcc", "gcc", "a.c").proceeding())
                .isPresent();

        assertThat(begin(image(3, 1), image(2, 1), "/usr/bin/gcc", "gcc", "-c", "a.c"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_BUILD));
    }

    @Test
    void programBelowACompiler_isAPartOfItsBuild() {
        begin(image(2, 1), SHELL, "/usr/bin/cargo", "cargo", "build");

        assertThat(begin(
                        image(3, 1),
                        image(2, 1),
                        "/home/coder/project/hw1/target/debug/build/hello-1a2b/build-script-build",
                        "build-script-build"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_BUILD));
    }

    @Test
    void testsBelowTheToolThatRunsThem_areAPartOfIt() {
        assertThat(begin(image(2, 1), SHELL, "/usr/bin/cargo", "cargo", "test").proceeding())
                .isPresent();

        assertThat(begin(image(3, 1), image(2, 1), "/usr/bin/rustc", "rustc", "src/main.rs"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_BUILD));
        assertThat(begin(
                        image(4, 1), image(2, 1), "/home/coder/project/hw1/target/debug/deps/hello-1a2b", "hello-1a2b"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_BUILD));
    }

    @Test
    void compilesOfCargoRun_shareABuild_andWhatItBecomesIsARun() {
        begin(image(2, 1), SHELL, "/usr/bin/cargo", "cargo", "run");

        Started a = started(begin(image(3, 1), image(2, 1), "/usr/bin/rustc", "rustc", "a/lib.rs"));
        Started b = started(begin(image(4, 1), image(2, 1), "/usr/bin/rustc", "rustc", "src/main.rs"));
        Started run =
                started(begin(image(2, 2), SHELL, "/home/coder/project/hw1/target/debug/hello", "target/debug/hello"));

        assertThat(a.buildId()).isPresent().isEqualTo(b.buildId());
        assertThat(run.command().target()).isEqualTo(Classroom.HW1.resolve("target/debug/hello"));
    }

    @Test
    void compilersBelowAShell_countEach() {
        begin(image(2, 1), SHELL, "/usr/bin/dash", "sh", "-c", "gcc a.c; gcc b.c");

        assertThat(begin(image(3, 1), image(2, 1), "/usr/bin/gcc", "gcc", "a.c").proceeding())
                .isPresent();
        assertThat(begin(image(4, 1), image(2, 1), "/usr/bin/gcc", "gcc", "b.c").proceeding())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/ccache, ccache gcc -c a.c",
        "/usr/bin/ccache, ccache debug=true gcc -c a.c",
        "/usr/bin/ccache, gcc -c a.c",
        "/usr/bin/ccache, /usr/lib/ccache/gcc -c a.c",
        "/usr/bin/distcc, distcc gcc -c a.c",
        "/usr/bin/distcc, distcc -c a.c",
        "/root/.cargo/bin/sccache, sccache /usr/bin/gcc-12 -c a.c",
        "/usr/bin/ccache, ccache mpicc -c a.c",
        "/usr/bin/ccache, ccache /opt/esp/bin/xtensa-esp32-elf-cc -c a.c",
        "/usr/bin/distcc, distcc my-gcc-14-rc1 -c a.c"
    })
    void compilerWrapper_countsOnce_asTheCompiler(String executable, String line) {
        Started wrapper = started(begin(image(2, 1), SHELL, executable, line.split(" ", -1)));

        assertThat(wrapper.origin().type().label()).isEqualTo("GCC");
        assertThat(wrapper.command().target()).isEqualTo(Classroom.HW1.resolve("a.c"));
        assertThat(wrapper.descent().wrappers()).hasSize(1);
        for (int pid = 3; pid < 5; pid++) {
            assertThat(begin(image(pid, 1), image(2, 1), "/usr/bin/gcc", "gcc", "-E", "a.c"))
                    .isEqualTo(Outcome.stop(Reason.PART_OF_BUILD));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/mpicc, /usr/bin/bash, /bin/bash /usr/bin/mpicc -c a.c",
        "/usr/local/bin/emcc, /usr/bin/python3.12, /usr/bin/python3 -E /usr/local/bin/emcc a.c -o a.js",
        "/opt/bin/colorgcc, /usr/bin/perl, /usr/bin/perl /opt/bin/colorgcc -Wall a.c"
    })
    void compilerThatIsAScript_countsOnce_whateverItCalls(String filename, String executable, String line) {
        Started script = started(begin(script(image(2, 1), filename, executable, line.split(" ", -1))));

        assertThat(script.command().target()).isEqualTo(Classroom.HW1.resolve("a.c"));
        for (int pid = 3; pid < 5; pid++) {
            assertThat(begin(image(pid, 1), image(2, 1), "/usr/bin/gcc", "gcc", "-c", "a.c"))
                    .isEqualTo(Outcome.stop(Reason.PART_OF_BUILD));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"xcc --version", "xcc", "xcc -o main", "xcc notes.txt", "xcc --unheard-of /opt/x/rom.map"})
    void unlistedCompilerWithoutAnyKnownInput_isNoBuild(String line) {
        assertThat(begin(image(2, 1), SHELL, "/opt/x/bin/xcc", line.split(" ", -1))
                        .proceeding())
                .isEmpty();
    }

    @Test
    void compilerThatReplacesItsWrapper_countsInItsPlace() {
        begin(image(2, 1), SHELL, "/usr/bin/ccache", "ccache", "gcc", "a.c");

        Started gcc = started(begin(image(2, 2), SHELL, "/usr/bin/gcc", "gcc", "a.c"));

        assertThat(gcc.descent().wrappers()).containsExactly("ccache");
    }

    @Test
    void compilerBelowTheServerOfAWrapper_isAPartOfWhatItsClientCounts() {
        begin(image(2, 1), NOBODY, "/usr/bin/sccache", "sccache", "--start-server");

        assertThat(begin(image(3, 1), image(2, 1), "/usr/bin/gcc", "gcc", "-c", "a.c"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_BUILD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ccache -s", "ccache --max-size 5G", "ccache -M 5G", "sccache --show-stats", "ccache"})
    void wrapperThatIsAskedAboutItself_isNoBuild(String line) {
        String[] argv = line.split(" ", -1);

        assertThat(begin(image(2, 1), SHELL, "/usr/bin/" + argv[0], argv))
                .isEqualTo(Outcome.stop(Reason.NOT_AN_ACTIVITY));
    }

    @Test
    void compilesBelowOneMake_shareABuild_alsoBelowItsRecursiveMakes() {
        begin(image(2, 1), SHELL, "/usr/bin/make", "make", "-j2");
        begin(image(3, 1), image(2, 1), "/usr/bin/make", "make", "-C", "lib");
        begin(image(4, 1), image(3, 1), "/usr/bin/dash", "/bin/sh", "-c", "gcc -c b.c");

        Started a = started(begin(image(5, 1), image(2, 1), "/usr/bin/gcc", "gcc", "-c", "a.c"));
        Started b = started(begin(image(4, 2), image(3, 1), "/usr/bin/gcc", "gcc", "-c", "b.c"));

        assertThat(a.buildId()).isPresent().isEqualTo(b.buildId());
    }

    @Test
    void twoMakes_areTwoBuilds_andNoMakeIsNone() {
        begin(image(2, 1), SHELL, "/usr/bin/make", "make");
        begin(image(3, 1), SHELL, "/usr/bin/make", "make");

        Started a = started(begin(image(4, 1), image(2, 1), "/usr/bin/gcc", "gcc", "a.c"));
        Started b = started(begin(image(5, 1), image(3, 1), "/usr/bin/gcc", "gcc", "a.c"));
        Started c = started(begin(image(6, 1), SHELL, "/usr/bin/gcc", "gcc", "a.c"));

        assertThat(a.buildId()).isNotEqualTo(b.buildId());
        assertThat(c.buildId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "-bash", "bash -i", "bash --init-file /x/shellIntegration-bash.sh", "zsh -l"})
    void prompt_beginsAnew(String shell) {
        String[] argv = shell.split(" ", -1);
        String executable = "/usr/bin/" + argv[0].replace("-", "");
        begin(image(2, 1), NOBODY, "/usr/bin/make", "make", "serve");
        begin(image(3, 1), image(2, 1), executable, argv);

        Started gcc = started(begin(image(4, 1), image(3, 1), "/usr/bin/gcc", "gcc", "a.c"));

        assertThat(gcc.buildId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/timeout, timeout 5 ./main, timeout",
        "/usr/bin/strace, strace -f ./main, strace",
        "/usr/bin/gdb, gdb -batch -ex run ./main, gdb",
        "/usr/bin/time, time ./main, time"
    })
    void wrapperAboveARun_isNamed(String executable, String line, String name) {
        begin(image(2, 1), SHELL, executable, line.split(" ", -1));

        Started run = started(begin(image(3, 1), image(2, 1), "/home/coder/project/hw1/main", "./main"));

        assertThat(run.descent().wrappers()).containsExactly(name);
    }

    @Test
    void compilersBelowPump_countEach_asStepsOfItsMake() {
        begin(script(image(2, 1), "/usr/bin/pump", "/usr/bin/dash", "/bin/sh", "/usr/bin/pump", "make"));
        begin(image(3, 1), image(2, 1), "/usr/bin/make", "make");

        Started gcc = started(begin(image(4, 1), image(3, 1), "/usr/bin/gcc", "gcc", "-c", "a.c"));

        assertThat(gcc.buildId()).isPresent();
        assertThat(gcc.descent().wrappers()).containsExactly("pump");
    }

    @Test
    void wrappersThatReplaceEachOther_areNamedInTheirOrder() {
        begin(image(2, 1), SHELL, "/usr/bin/nohup", "nohup", "nice", "env", "A=1", "./main");
        begin(image(2, 2), SHELL, "/usr/bin/nice", "nice", "env", "A=1", "./main");
        begin(image(2, 3), SHELL, "/usr/bin/env", "env", "A=1", "./main");

        Started run = started(begin(image(2, 4), SHELL, "/home/coder/project/hw1/main", "./main"));

        assertThat(run.descent().wrappers()).containsExactly("nohup", "nice", "env");
    }

    @Test
    void wrapperOfAnEditor_isNoneOfWhatItsPromptsRun() {
        begin(image(2, 1), NOBODY, "/usr/bin/nohup", "nohup", "node", "server.js");
        begin(image(2, 2), NOBODY, "/usr/bin/node", "node", "server.js");
        begin(image(3, 1), image(2, 2), "/usr/bin/bash", "bash");

        Started run = started(begin(image(4, 1), image(3, 1), "/home/coder/project/hw1/main", "./main"));

        assertThat(run.descent().wrappers()).isEmpty();
    }

    @Test
    void wrapperThatIsAScript_isNamed_whateverBecomesOfItsInterpreter() {
        begin(script(image(2, 1), "/usr/bin/scan-build", "/usr/bin/env", "perl", "/usr/bin/scan-build", "gcc", "a.c"));
        begin(image(2, 2), SHELL, "/usr/bin/perl", "perl", "/usr/bin/scan-build", "gcc", "a.c");

        Started gcc = started(begin(image(3, 1), image(2, 2), "/usr/bin/gcc", "gcc", "a.c"));

        assertThat(gcc.descent().wrappers()).containsExactly("scan-build");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash -lc ./main", "bash ./run.sh", "bash -e -c ./main", "bash"})
    void shell_endsTheChainOfWrappers(String shell) {
        begin(image(2, 1), SHELL, "/usr/bin/env", "env", "-i", "A=1", "bash");
        begin(image(2, 2), SHELL, "/usr/bin/bash", shell.split(" ", -1));

        Started run = started(begin(image(3, 1), image(2, 2), "/home/coder/project/hw1/main", "./main"));

        assertThat(run.descent().wrappers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exec /home/coder/project/hw1/main 3", "exec ./main", "exec env A=1 ./main"})
    void shellThatBecomesTheProgram_isOneStepOfItsWrapper(String command) {
        begin(image(2, 1), SHELL, "/usr/bin/gdb", "gdb", "--args", "./main", "3");
        begin(image(3, 1), image(2, 1), "/usr/bin/dash", "/bin/sh", "-c", command);

        Started run = started(begin(image(3, 2), image(3, 1), "/home/coder/project/hw1/main", "./main"));

        assertThat(run.descent().wrappers()).containsExactly("gdb");
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/timeout, /usr/bin/busybox, timeout 5 ./main, timeout",
        "/usr/bin/nice, /usr/bin/busybox, nice ./main, nice",
        "/usr/bin/unbuffer, /usr/bin/tclsh8.6, /usr/bin/tclsh /usr/bin/unbuffer ./main, unbuffer",
        "/usr/bin/sudo, /usr/bin/sudo, sudo ./main, sudo",
        "/usr/bin/bwrap, /usr/bin/bwrap, bwrap --bind / / ./main, bwrap",
        "/usr/bin/flock, /usr/bin/flock, flock f ./main, flock",
        "/usr/bin/busybox, /usr/bin/busybox, busybox timeout 5 ./main, timeout",
        "/bin/busybox, /bin/busybox, busybox chpst -m 1000 ./main, chpst",
        "/usr/bin/toybox, /usr/bin/toybox, toybox nice ./main, nice",
        "/usr/bin/nocache, /usr/bin/nocache, nocache ./main, nocache",
        "/opt/course/bin/limit, /opt/course/bin/limit, limit --cpu 5 -- ./main, limit",
        "/usr/local/bin/sandbox, /usr/bin/bash, /bin/bash /usr/local/bin/sandbox ./main, sandbox",
        "/usr/local/bin/grade, /usr/bin/python3.12, /usr/bin/python3 /usr/local/bin/grade ./main, grade",
        "/usr/bin/xterm, /usr/bin/xterm, xterm -e ./main, xterm"
    })
    void wrapper_isNamedByWhatWasExecuted(String filename, String executable, String line, String name) {
        begin(script(image(2, 1), filename, executable, line.split(" ", -1)));

        Started run = started(begin(image(3, 1), image(2, 1), "/home/coder/project/hw1/main", "./main"));

        assertThat(run.descent().wrappers()).containsExactly(name);
    }

    @ParameterizedTest
    @CsvSource({
        "/usr/bin/bash, /usr/bin/bash, bash -c ./main",
        "/usr/bin/busybox, /usr/bin/busybox, busybox sh -c ./main",
        "/usr/bin/busybox, /usr/bin/busybox, busybox ash",
        "/usr/bin/mc, /usr/bin/mc, mc /home/coder",
        "/usr/bin/launch, /usr/bin/launch, launch ./main 3"
    })
    void programThatDoesNotEndWithWhatItStarts_isNoWrapper(String filename, String executable, String line) {
        begin(script(image(2, 1), filename, executable, line.split(" ", -1)));

        Started run = started(begin(image(3, 1), image(2, 1), "/home/coder/project/hw1/main", "./main"));

        assertThat(run.descent().wrappers()).isEmpty();
    }

    @Test
    void unknownWrapperBelowAKnownOne_isNamedBehindIt() {
        begin(image(2, 1), SHELL, "/usr/bin/timeout", "timeout", "5", "nocache", "limit", "9", "./main");
        begin(image(3, 1), image(2, 1), "/usr/bin/nocache", "nocache", "limit", "9", "./main");
        begin(image(3, 2), image(2, 1), "/opt/bin/limit", "limit", "9", "./main");

        Started run = started(begin(image(4, 1), image(3, 2), "/home/coder/project/hw1/main", "./main"));

        assertThat(run.descent().wrappers()).containsExactly("timeout", "nocache", "limit");
    }

    @Test
    void interpreterOfAScriptOutsideOfHomework_isNotWrappedInIt() {
        begin(script(
                image(2, 1), "/usr/bin/pytest", "/usr/bin/env", "/usr/bin/env", "python3", "/usr/bin/pytest", "-q"));

        Started run = started(begin(image(2, 2), NOBODY, "/usr/bin/python3", "python3", "/usr/bin/pytest", "-q"));

        assertThat(run.descent().wrappers()).isEmpty();
    }

    @Test
    void envOfAScript_isNoWrapper() {
        begin(script(image(2, 1), "./solve.py", "/usr/bin/env", "python3", "./solve.py"));

        Started run = started(begin(image(2, 2), NOBODY, "/usr/bin/python3", "python3", "./solve.py"));

        assertThat(run.descent().wrappers()).isEmpty();
    }

    @Test
    void programInsideOfValgrind_isARunOfItself() {
        begin(image(2, 1), SHELL, "/usr/bin/valgrind.bin", "valgrind", "--leak-check=full", "./main");

        Started run = started(begin(
                image(2, 2),
                SHELL,
                "/usr/libexec/valgrind/memcheck-amd64-linux",
                "/usr/bin/valgrind.bin",
                "--leak-check=full",
                "./main",
                "3"));

        assertThat(run.origin().type().label()).isEqualTo("USER_BINARY");
        assertThat(run.command().target()).isEqualTo(Classroom.HW1.resolve("main"));
        assertThat(run.descent().wrappers()).containsExactly("valgrind");
    }

    @Test
    void programInsideOfAnEmulator_isARunOfItself() {
        Started run = started(begin(
                image(2, 1),
                SHELL,
                "/usr/bin/qemu-arm-static",
                "qemu-arm-static",
                "-L",
                "/usr/arm",
                "-strace",
                "./main"));

        assertThat(run.command().target()).isEqualTo(Classroom.HW1.resolve("main"));
        assertThat(run.descent().wrappers()).containsExactly("qemu-arm-static");
    }

    @ParameterizedTest
    @CsvSource({"ld.so ./main 3", "/lib64/ld-linux-x86-64.so.2 --library-path lib --argv0 x ./main --list"})
    void programInsideOfItsLoader_isARunOfItself(String line) {
        Started run = started(begin(image(2, 1), SHELL, LOADER, line.split(" ", -1)));

        assertThat(run.origin().type().label()).isEqualTo("USER_BINARY");
        assertThat(run.command().target()).isEqualTo(Classroom.HW1.resolve("main"));
        assertThat(run.descent().wrappers()).containsExactly("ld.so");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--verify ./main", "--list ./main", "--library-path lib --list ./main", "--version", ""})
    void loaderThatIsAskedAboutAProgram_runsNone(String arguments) {
        String[] argv = ("ld.so " + arguments).strip().split(" ", -1);

        assertThat(begin(image(2, 1), SHELL, LOADER, argv)).isEqualTo(Outcome.stop(Reason.NOT_AN_ACTIVITY));
    }

    @Test
    void programsBelowLdd_areLookedAtOnly() {
        begin(script(image(2, 1), "/usr/bin/ldd", "/usr/bin/bash", "/bin/bash", "/usr/bin/ldd", "./main"));

        assertThat(begin(image(3, 1), image(2, 1), LOADER, LOADER, "./main"))
                .isEqualTo(Outcome.stop(Reason.INFORMATION));
    }

    @Test
    void compileOfAServer_isAPartOfTheBuildThatWaitsForIt() {
        begin(image(2, 1), SHELL, "/usr/bin/sccache", "sccache", "gcc", "-c", "a.c");

        assertThat(begin(forkOfNobody(image(3, 1)))).isEqualTo(Outcome.stop(Reason.PART_OF_BUILD));
    }

    @Test
    void compileOfAServer_forWhichNobodyWaits_counts() {
        begin(image(2, 1), SHELL, "/usr/bin/sccache", "sccache", "gcc", "-c", "a.c");
        lineage.place(new Step.End<>(Classroom.exit(image(2, 1), 0)));

        assertThat(begin(forkOfNobody(image(3, 1))).proceeding()).isPresent();
    }

    @Test
    void compileBesideAClientOfAServer_counts() {
        begin(image(2, 1), SHELL, "/usr/bin/sccache", "sccache", "gcc", "-c", "a.c");
        ExecRecord shells =
                ExecVariant.of(forkOfNobody(image(3, 1))).ppid(SHELL.tgid()).exec();

        assertThat(begin(shells).proceeding()).isPresent();
    }

    /** A compile whose parent has called no exec. */
    private static ExecRecord forkOfNobody(ImageKey image) {
        ExecRecord exec = Classroom.exec(Classroom.HOSTNAME, image, "/usr/bin/gcc", "gcc", "-c", "a.c", "-o", "a.o");
        return ExecVariant.of(exec).parent(Optional.of(SHELL)).ppid(4711).exec();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            python3 main.py                    | /usr/bin/python3.12 | python3 main.py
            python3 -m flask run --debug       | /usr/bin/python3.12 | python3 -m flask run --debug
            python3 /usr/bin/flask run         | /usr/bin/python3.12 | /usr/bin/python3 /usr/bin/flask run
            python3 manage.py runserver        | /usr/bin/python3.12 | python3 -Wd manage.py runserver
            python3 main.py                    | /usr/bin/python3.12 | python3 -m joblib.externals.loky.backend.popen_loky_posix --process-name LokyProcess-1 --pipe 15 --init-main-module
            python3 main.py                    | /usr/bin/python3.12 | python3 -m distributed.cli.dask_worker tcp://127.0.0.1:1
            python3 -m pytest                  | /usr/bin/python3.12 | python3 -m http.server
            python3 /usr/bin/torchrun main.py  | /usr/bin/python3.12 | /usr/bin/python3 -u main.py
            python3 main.py                    | /usr/bin/python3.11 | python3 main.py --worker
            node server.js                     | /usr/bin/node       | /usr/bin/node server.js
            node /usr/local/bin/ts-node main.ts | /usr/bin/node      | node --enable-source-maps /usr/local/bin/ts-node main.ts
            bash run.sh                        | /usr/bin/bash       | /bin/bash ./run.sh again
            bash run.sh                        | /usr/bin/python3.12 | python3 -m json.tool out.json
            """)
    void whatARunStartsForItself_isAPartOfIt(String run, String executable, String worker) {
        String[] argv = run.split(" ", -1);
        assertThat(begin(image(2, 1), SHELL, "/usr/bin/" + argv[0], argv).proceeding())
                .isPresent();

        assertThat(begin(image(3, 1), image(2, 1), executable, worker.split(" ", -1)))
                .isEqualTo(Outcome.stop(Reason.PART_OF_RUN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            python3 tests.py      | /usr/bin/python3.12 | python3 main.py
            python3 -m pytest     | /usr/bin/python3.12 | python3 main.py
            python3 -m notebook   | /usr/bin/python3.12 | python3 -m ipykernel_launcher -f /tmp/kernel-1.json
            bash run.sh           | /usr/bin/python3.12 | python3 main.py
            bash run.sh           | /usr/bin/python3.12 | python3 -m pytest tests
            node tests.js         | /usr/bin/node       | node main.js
            """)
    void anotherProgramOfTheStudent_isARunOfItsOwn(String run, String executable, String other) {
        String[] argv = run.split(" ", -1);
        begin(image(2, 1), SHELL, "/usr/bin/" + argv[0], argv);

        assertThat(begin(image(3, 1), image(2, 1), executable, other.split(" ", -1))
                        .proceeding())
                .isPresent();
    }

    @Test
    void workerBelowProgramsThatAreNoActivity_isAPartOfTheRunAboveThem() {
        begin(image(2, 1), SHELL, "/usr/bin/python3.12", "python3", "main.py");
        begin(image(3, 1), image(2, 1), "/usr/bin/dash", "/bin/sh", "-c", "python3 -m a; python3 -m b");
        begin(image(4, 1), image(3, 1), "/usr/bin/python3.12", "python3", "-c", "import os");

        assertThat(begin(image(5, 1), image(3, 1), "/usr/bin/python3.12", "python3", "-m", "a"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_RUN));
        assertThat(begin(image(6, 1), image(4, 1), "/usr/bin/python3.12", "python3", "main.py"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_RUN));
    }

    @Test
    void programThatStartsItselfInItsOwnProcess_isOneRun() {
        begin(image(2, 1), SHELL, "/usr/bin/python3.12", "python3", "main.py");

        assertThat(begin(image(2, 2), SHELL, "/usr/bin/python3.12", "python3", "main.py"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_RUN));
    }

    @Test
    void shellThatBecomesTheInterpreterOfItsScript_isTheRunOfThat() {
        begin(image(2, 1), SHELL, "/usr/bin/dash", "/bin/sh", "./main.py");

        assertThat(begin(image(2, 2), SHELL, "/usr/bin/python3.12", "python3", "./main.py")
                        .proceeding())
                .isPresent();
    }

    @Test
    void moduleThatTheStudentStartsAtAPromptOfAProgram_isARunOfItsOwn() {
        begin(image(2, 1), SHELL, "/home/coder/project/hw1/mysh", "./mysh");
        begin(image(3, 1), image(2, 1), "/usr/bin/bash", "bash");

        assertThat(begin(image(4, 1), image(3, 1), "/usr/bin/python3.12", "python3", "-m", "http.server")
                        .proceeding())
                .isPresent();
    }

    @Test
    void interpreterOfAScriptBelowAWrapper_takesItsPlace() {
        begin(script(image(2, 1), "./solve.py", "/usr/bin/env", "/usr/bin/env", "-S timeout 5 python3", "./solve.py"));
        begin(image(2, 2), SHELL, "/usr/bin/timeout", "timeout", "5", "python3", "./solve.py");

        Started run = started(begin(image(3, 1), image(2, 2), "/usr/bin/python3.12", "python3", "./solve.py"));

        assertThat(run.descent().wrappers()).containsExactly("timeout");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ./configure        | /usr/bin/dash | /bin/sh ./configure --prefix=/usr
            /usr/bin/sh        | /usr/bin/dash | sh ../configure
            /usr/bin/bash      | /usr/bin/bash | bash -x ./configure
            ./Configure        | /usr/bin/perl | /usr/bin/perl ./Configure linux-x86_64
            ./config.status    | /usr/bin/bash | /bin/bash ./config.status --recheck
            """)
    void whatConfigureCompilesAndRuns_isItsOwn(String filename, String executable, String line) {
        begin(script(image(2, 1), filename, executable, line.split(" ", -1)));
        begin(image(3, 1), image(2, 1), "/usr/bin/dash", "/bin/sh", "-c", "gcc x.c; ./x");

        assertThat(begin(image(4, 1), image(2, 1), "/usr/bin/gcc", "gcc", "ztest1234.c"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_RUN));
        assertThat(begin(image(5, 1), image(3, 1), "/usr/bin/gcc", "gcc", "x.c"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_RUN));
        assertThat(begin(image(6, 1), image(3, 1), "/home/coder/project/hw1/x", "./x"))
                .isEqualTo(Outcome.stop(Reason.PART_OF_RUN));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /usr/bin/vim  | /usr/bin/vim.basic | vim configure
            /usr/bin/bash | /usr/bin/bash      | bash build.sh configure.c x
            ./reconfigure | /usr/bin/bash      | /bin/bash ./reconfigure
            """)
    void whatOtherProgramsCompile_isTheStudents(String filename, String executable, String line) {
        begin(script(image(2, 1), filename, executable, line.split(" ", -1)));

        assertThat(begin(image(4, 1), image(2, 1), "/usr/bin/gcc", "gcc", "a.c").proceeding())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /usr/bin/gcc | gcc main.c -o /tmp/main            | /tmp/main
            /usr/bin/gcc | gcc main.c -o ../bin/node          | /home/coder/project/bin/node
            /usr/bin/g++ | g++ main.cpp -o /home/coder/python | /home/coder/python
            /usr/bin/rustc | rustc main.rs -o /tmp/x/sh       | /tmp/x/sh
            """)
    void whatABuildOfAHomeworkWrote_isTheStudentsInAnyDirectory(String compiler, String line, String program) {
        begin(image(2, 1), SHELL, compiler, line.split(" ", -1));

        Started run = started(begin(image(3, 1), SHELL, program, program));

        assertThat(run.origin().type().label()).isEqualTo("USER_BINARY");
        assertThat(run.homework()).isEqualTo("hw1");
        assertThat(run.command().target().value()).isEqualTo(program);
    }

    @Test
    void linkOfObjectsOutside_belongsToTheHomeworkOfTheirSources() {
        begin(image(2, 1), SHELL, "/usr/bin/gcc", "gcc", "-c", "main.c", "-o", "/tmp/main.o");

        Started link = started(begin(image(3, 1), SHELL, "/usr/bin/gcc", "gcc", "/tmp/main.o", "-o", "/tmp/main"));

        assertThat(link.homework()).isEqualTo("hw1");
        assertThat(begin(image(4, 1), SHELL, "/tmp/main", "/tmp/main").proceeding())
                .isPresent();
        assertThat(begin(image(5, 1), SHELL, "/tmp/other", "/tmp/other"))
                .isEqualTo(Outcome.stop(Reason.NOT_AN_ACTIVITY));
    }

    @Test
    void fileThatABuildOutsideOfHomeworkWritesAnew_isNoLongerTheHomeworks() {
        begin(image(2, 1), SHELL, "/usr/bin/gcc", "gcc", "main.c", "-o", "/tmp/main");
        begin(image(3, 1), SHELL, "/usr/bin/gcc", "gcc", "/tmp/other.c", "-o", "/tmp/main");

        assertThat(begin(image(4, 1), SHELL, "/tmp/main", "/tmp/main")).isEqualTo(Outcome.stop(Reason.NOT_AN_ACTIVITY));
    }

    @Test
    void parentThatHasJustEnded_isStillKnown() {
        begin(image(2, 1), SHELL, "/usr/bin/make", "make");
        lineage.place(new Step.End<>(Classroom.exit(image(2, 1), 0)));

        assertThat(started(begin(image(3, 1), image(2, 1), "/usr/bin/gcc", "gcc", "a.c"))
                        .buildId())
                .isPresent();
    }

    @Test
    void studentsProgramCalledTime_isNoWrapper() {
        begin(image(2, 1), SHELL, "/home/coder/project/hw1/time", "./time");

        Started run = started(begin(image(3, 1), image(2, 1), "/home/coder/project/hw1/main", "./main"));

        assertThat(run.descent().wrappers()).isEmpty();
    }

    @Test
    void programThatRunsItselfThroughWrappersForEver_keepsAFewOfThem() {
        for (int i = 1; i < 1000; i++) {
            begin(image(2, i), SHELL, i % 2 == 0 ? "/usr/bin/env" : "/usr/bin/nice", "x", "./main");
        }

        Started run = started(begin(image(2, 1000), SHELL, "/home/coder/project/hw1/main", "./main"));

        assertThat(run.descent().wrappers()).hasSizeLessThanOrEqualTo(8);
    }

    private Outcome<Started> begin(ImageKey image, ImageKey parent, String executable, String... argv) {
        ExecRecord exec = Classroom.exec(Classroom.HOSTNAME, image, executable, argv);
        return begin(with(exec, Optional.ofNullable(parent), exec.call().filename()));
    }

    private Outcome<Started> begin(ExecRecord exec) {
        Function<Step<ExecRecord>, Step<Started>> understand = Step.begin(chain.process())
                .andThen(Step.begin(chain.enrichment()))
                .andThen(Step.begin(chain.homework()));
        Step<Started> placed = lineage.place(understand.apply(new Step.Begin<>(exec, Outcome.proceed(exec))));
        return ((Step.Begin<Started>) placed).understood();
    }

    private static ExecRecord script(ImageKey image, String filename, String executable, String... argv) {
        return with(Classroom.exec(Classroom.HOSTNAME, image, executable, argv), Optional.empty(), filename);
    }

    private static Started started(Outcome<Started> outcome) {
        return outcome.proceeding().orElseThrow(() -> new AssertionError(outcome));
    }

    private static ExecRecord with(ExecRecord exec, Optional<ImageKey> parent, String filename) {
        return ExecVariant.of(exec).parent(parent).filename(filename).exec();
    }
}
