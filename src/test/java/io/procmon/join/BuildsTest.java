package io.procmon.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.parser.Command;
import io.procmon.process.ContainerPath;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildsTest {

    /** The memory of the student and of three files with short paths. */
    private static final long ROOM_FOR_THREE = new StudentBuilds(Instant.MIN).bytes() + 1_800;

    private final Builds builds = new Builds();
    private final Lecture lecture = new Lecture(builds);

    /**
     * Steps of a lecture. {@code build}: begin, end and output; after {@code =} sources and objects; after {@code @}
     * the file that was found at the output. {@code failed} is a build that fails. {@code run}: path @inode:stamp.
     * Times are milliseconds; paths are those of hw1.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        builtAndRun                         | build 100 200 main =main.c @7:190                                 | main @7:190  | 1 main.c
        moved_isFoundByItsContents          | build 100 200 main =main.c @7:190                                 | sub/x @7:190 | 1 main.c
        overwrittenInPlace_isNoLongerIts    | build 100 200 main =main.c @7:190                                 | main @7:205  | none
        copied_isAnotherFile                | build 100 200 main =main.c @7:190                                 | copy @8:205  | none
        anotherFileAtItsPath_isNotTaken     | build 100 200 main =main.c @7:190                                 | main @8:190:9 | none
        copyOfTheSameMoment_isNotTaken      | build 100 200 main =main.c @7:190                                 | copy @8:190  | none
        linkerHadMoreToWrite_isTaken        | build 100 200 main =main.c @7:150                                 | main @7:190  | 1 main.c
        inodeUsedAgain_isNotTaken           | build 100 200 main =main.c @7:190                                 | new @7:900   | none
        notSeen_isFoundByPath               | build 100 200 main =main.c                                        | main @7:190  | 1 main.c
        notSeenAndMoved_isLeftOpen          | build 100 200 main =main.c                                        | x @7:190     | none
        notSeenAndOverwritten_isNotTaken    | build 100 200 main =main.c                                        | main @7:300  | none
        olderThanTheBuild_isNotTaken        | build 100 200 main =main.c                                        | main @7:50   | none
        stampOfTheTickBefore_isTaken        | build 100 104 main =main.c                                        | main @7:96   | 1 main.c
        seenBeforeItWasWritten_doesNotCount | build 100 200 main =main.c @6:95                                  | old @6:95    | none
        seenBeforeItWasWritten_pathCounts   | build 100 200 main =main.c @6:95                                  | main @7:190  | 1 main.c
        failedBuild_wroteNothing            | failed 100 200 main =main.c @7:190                                | main @7:190  | none
        failedBuild_leavesTheFormer         | build 100 200 main =a.c @7:190; failed 300 400 main =b.c @7:190   | main @7:190  | 1 a.c
        rebuilt_latestWins                  | build 100 200 main =a.c @7:190; build 300 400 main =b.c @8:390    | main @8:390  | 2 b.c
        rebuilt_movedFormerStaysItself      | build 100 200 main =a.c @7:190; build 300 400 main =b.c @8:390    | old @7:190   | 1 a.c
        parallel_contentsTell               | build 100 200 p =p.c @7:190; build 100 200 q =q.c @8:190          | x @8:190     | 2 q.c
        parallel_pathsTell                  | build 100 200 p =p.c; build 100 200 q =q.c                        | q @8:190     | 2 q.c
        link_hasTheSourcesOfItsObjects      | build 1 9 a.o =a.c; build 10 19 b.o =b.c; build 20 29 p =a.o,b.o  | p @7:28      | 3 a.c,b.c
        link_hasItsOwnSourcesFirst          | build 1 9 a.o =a.c; build 20 29 p =m.c,a.o                        | p @7:28      | 2 m.c,a.c
        link_throughTwoLinks                | build 1 9 a.o =a.c; build 10 19 r.o =a.o; build 20 29 p =r.o      | p @7:28      | 3 a.c
        objectBuiltAgain_latestSources      | build 1 9 a.o =a.c; build 10 19 a.o =z.c; build 20 29 p =a.o      | p @7:28      | 3 z.c
        objectThatNobodyBuilt_hasNoSources  | build 20 29 p =m.c,foreign.o                                      | p @7:28      | 1 m.c
        linkByName_hasTheLibrarysSources    | build 1 9 libf.so =f.c; build 20 29 p =m.c,-lf                    | p @7:28      | 2 m.c,f.c
        linkByName_ofAnArchive              | build 1 9 lib/libf.a =f.c; build 20 29 p =m.c,-lf                 | p @7:28      | 2 m.c,f.c
        linkByName_ofTheVeryFile            | build 1 9 lib/libf.so.2 =f.c; build 20 29 p =m.c,-l:libf.so.2     | p @7:28      | 2 m.c,f.c
        linkByName_ofTheSystem              | build 1 9 libf.so =f.c; build 20 29 p =m.c,-lm                    | p @7:28      | 2 m.c
        namesThatAreNoText_areTwo           | build 100 200 \udcb0 =a.c; build 150 250 \udcb3 =b.c              | \udcb0 @8:190 | 1 a.c
        objectsWhoseNamesAreNoText          | build 1 9 \udcb0.o =a.c; build 1 9 \udcb3.o =b.c; build 20 29 p =\udcb0.o | p @8:28 | 3 a.c
        copyWithItsTime_isRecognised        | build 100 200 main =main.c @7:190                                 | bin/main @8:190 | 1 main.c
        copyWithItsSecond_isRecognised      | build 2100 2200 main =main.c @7:2190                              | bin/main @8:2000 | 1 main.c
        copyWithItsTime_ofAnotherSize       | build 100 200 main =main.c @7:190                                 | bin/main @8:190:9 | none
        copyWithItsTime_ofAnotherName       | build 100 200 main =main.c @7:190                                 | bin/x @8:190 | none
        copyOfAnotherSecond                 | build 2100 2200 main =main.c @7:2190                              | bin/main @8:1000 | none
        nothingBuilt                        | build 100 200 other =main.c @7:190                                | main @9:10   | none
        """)
    void programThatRuns_isOfTheBuildThatWroteIt(String name, String history, String program, String expected) {
        for (String build : history.split(";", -1)) {
            lecture.build(build.strip());
        }

        assertThat(lecture.originOf(program)).isEqualTo(expected);
    }

    @Test
    void programThatRanOnce_isFoundAgainAfterAMove() {
        lecture.build("build 100 200 main =main.c");
        lecture.originOf("main @7:190");

        assertThat(lecture.originOf("x @7:190")).isEqualTo("1 main.c");
        assertThat(lecture.originOf("main @8:195")).isEqualTo("none");
    }

    @Test
    void anotherStudentsProgram_isNotBuiltHere() {
        lecture.build("build 100 200 main =main.c @7:190");

        assertThat(lecture.originFor("202012181", "main @7:190")).isEqualTo("none");
    }

    @Test
    void ago_isFromTheEndOfTheBuildToTheExec() {
        lecture.build("build 100 200 main =main.c @7:190");

        assertThat(lecture.run("main @7:190", 1_200))
                .hasValueSatisfying(builtBy -> assertThat(builtBy.ago()).hasMillis(1_000));
    }

    @Test
    void memoryIsFull_idleFileIsForgottenFirst() {
        Builds few = new Builds(ROOM_FOR_THREE);
        Lecture small = new Lecture(few);
        small.build("build 100 200 a =a.c");
        small.build("build 300 400 b =b.c");
        small.originOf("a @1:190"); // the first run also records the contents
        small.build("build 500 600 c =c.c");

        assertThat(few.remembered()).isEqualTo(3);
        assertThat(few.forgotten()).isOne();
        assertThat(small.originOf("b @2:390")).isEqualTo("none");
        assertThat(small.originOf("a @1:190")).isEqualTo("1 a.c");
    }

    @Test
    void memoryIsFull_studentWithTheMostLosesFiles() {
        Builds few = new Builds(2 * ROOM_FOR_THREE);
        Lecture small = new Lecture(few);
        small.buildFor("202012181", "build 1 2 modest =modest.c");
        for (int i = 0; i < 20; i++) {
            small.build("build 100 200 p%d =a.c".formatted(i));
        }

        assertThat(few.forgotten()).isPositive();
        assertThat(small.originFor("202012181", "modest @1:2")).isEqualTo("1 modest.c");
        assertThat(small.originOf("p19 @2:190")).isEqualTo("21 a.c");
    }

    @Test
    void largeBuildsInADeepDirectory_keepToTheBudget() {
        Builds bounded = new Builds(1 << 20);
        Lecture small = new Lecture(bounded);
        String deep = "d/".repeat(1_900);
        for (int i = 0; i < 90; i++) {
            String sources = IntStream.range(0, 31)
                    .mapToObj(source -> deep + source + ".c")
                    .collect(Collectors.joining(","));
            small.build("build 100 200 %sp%d =%s".formatted(deep, i, sources));
        }

        assertThat(bounded.remembered()).isBetween(1, 12);
        assertThat(bounded.forgotten()).isEqualTo(90 - bounded.remembered());
    }

    /** A gap of one student's builds: steps as in the table above, then the time of the run's program. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        nothingBuilt_noneCanBeMissing           |                                               | main @7:500     | none
        builtElsewhereAtAnotherTime             | build 100 200 main =main.c                    | other @7:500    | none
        programNotFound_mayBeThisOne            | build 100 200 main =main.c                    | moved @7:190    | UNREADABLE
        programFound_isNotThisOne               | build 100 200 main =main.c @9:190             | copy @7:190:9   | none
        programOfTheSameSize_mayBeACopy         | build 100 200 main =main.c @9:190             | copy @7:400     | POSSIBLE_COPY
        objectsOnly_areNoPrograms               | build 100 200 main.o =main.c                  | x @7:190        | none
        timeOfTheFileIsInTheFuture              |                                               | main @7:9000000 | UNREADABLE
        """)
    void gap_isTheReasonWhyABuildMayBeUnknown(String name, String history, String program, String expected) {
        if (history != null) {
            lecture.build(history);
        }

        assertThat(lecture.gapOf(program)).isEqualTo(expected);
    }

    @Test
    void forgottenBuild_mayHaveWrittenIt() {
        Lecture small = new Lecture(new Builds(ROOM_FOR_THREE));
        for (int i = 0; i < 5; i++) {
            small.build("build %d00 %d50 p%d =a.c @%d:%d40".formatted(i, i, i, i, i));
        }

        assertThat(small.gapOf("x @77:10")).isEqualTo("FORGOTTEN");
        assertThat(small.gapOf("x @77:500:9")).isEqualTo("none");
    }

    @Test
    void sourcesOfManyObjects_areBounded() {
        StringBuilder objects = new StringBuilder();
        for (int i = 0; i < 2 * Builds.SOURCES_MAX; i++) {
            lecture.build("build 1 2 %d.o =%d.c".formatted(i, i));
            objects.append(i == 0 ? "" : ",").append(i).append(".o");
        }
        lecture.build("build 10 20 p =" + objects);

        assertThat(lecture.run("p @7:19", 30))
                .hasValueSatisfying(builtBy -> assertThat(builtBy.sources()).hasSize(Builds.SOURCES_MAX));
    }

    /** GHC writes C code to a temporary directory, and has gcc compile it. */
    @Test
    void temporarySourceOfAPartOfABuild_isNoSourceOfTheProgram() {
        ContainerPath hello = Classroom.HW1.resolve("hello.hs");
        ContainerPath program = Classroom.HW1.resolve("hello");
        ContainerPath object = ContainerPath.of("/tmp/ghc1_0/ghc_2.o");
        Command.Compile ghc = Lecture.compile(List.of(hello), List.of(), List.of());
        lecture.part(
                Lecture.compile(List.of(ContainerPath.of("/tmp/ghc1_0/ghc_1.c")), List.of(), List.of(object)),
                ghc,
                1,
                5);
        lecture.part(Lecture.compile(List.of(), List.of(object), List.of(program)), ghc, 6, 9);

        assertThat(lecture.run("hello @7:8", 30))
                .hasValueSatisfying(builtBy -> assertThat(builtBy.sources()).containsExactly(hello));
    }

    @Test
    void outputThatNoFileCanHave_isNotRemembered() {
        lecture.build("build 1 2 " + "x".repeat(5_000) + " =main.c");

        assertThat(builds.remembered()).isZero();
    }

    @Test
    void programsPath_isKnownOfALinkWithOneOutput() {
        ContainerPath main = Classroom.HW1.resolve("main");

        assertThat(Builds.program(Lecture.compile(List.of(), List.of(), List.of(main))))
                .contains(main);
        assertThat(Builds.program(Lecture.compile(List.of(), List.of(), List.of(main, main))))
                .isEqualTo(Optional.empty());
    }
}
