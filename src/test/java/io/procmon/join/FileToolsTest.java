package io.procmon.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.events.ExecRecord;
import io.procmon.events.FoundFile;
import io.procmon.events.ImageKey;
import io.procmon.handlers.WrittenFiles;
import io.procmon.process.ContainerPath;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileToolsTest {

    private final Map<ContainerPath, FoundFile> disk = new HashMap<>();
    private final Builds builds = new Builds();
    private final Lecture lecture = new Lecture(builds);
    private boolean mayLook = true;
    private final FileTools tools = new FileTools(builds, this::look, new WrittenFiles());
    private int calls;

    /**
     * {@code build} as in {@link BuildsTest}. {@code do}: begin, end and command; after {@code >} the files on the disk
     * afterwards, as path=inode:stamp, or path=- for a file that is gone. Each row ends with a run of the program.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        stripped            | build 1 9 main =main.c @7:8; do 20 22 strip main > main=7:21                    | main @7:21 | 1 main.c
        strippedTwice       | build 1 9 main =main.c @7:8; do 20 22 strip main > main=7:21; do 30 32 strip main > main=7:31 | main @7:31 | 1 main.c
        strippedToAnother   | build 1 9 main =main.c @7:8; do 20 22 strip -o s main > s=9:21                  | s @9:21    | 1 main.c
        installed           | build 1 9 main =main.c @7:8; do 20 22 install -m755 main out/main > out/main=9:21 | out/main @9:21 | 1 main.c
        copied              | build 1 9 main =main.c @7:8; do 20 22 cp main x > x=9:21                        | x @9:21    | 1 main.c
        copiedInto          | build 1 9 main =main.c @7:8; do 20 22 cp main bin > bin=5:21 bin/main=9:21      | bin/main @9:21 | 1 main.c
        copiedWithItsTime   | build 1 9 main =main.c @7:8; do 20 22 cp -p main x > x=9:8                      | x @9:8     | 1 main.c
        copiedAndMoved      | build 1 9 main =main.c @7:8; do 20 22 cp main x > x=9:21; do 30 31 mv x y > y=9:21 x=- | y @9:21 | 1 main.c
        movedToAnotherDisk  | build 1 9 main =main.c @7:8; do 20 22 mv main x > x=9:8 main=-                  | x @9:8     | 1 main.c
        linked              | build 1 9 main =main.c @7:8; do 20 22 ln main x > x=7:8                         | x @7:8     | 1 main.c
        patched             | build 1 9 main =main.c @7:8; do 20 22 patchelf --set-rpath x main > main=8:21   | main @8:21 | 1 main.c
        objectCopied        | build 1 9 a.o =a.c; do 20 22 cp a.o b.o > b.o=9:21; build 30 39 p =b.o          | p @7:38    | 2 a.c
        objectsMovedAway    | build 1 9 o/a.o =a.c; do 20 22 mv o p > p=5:8 p/a.o=9:8 o=-; build 30 39 x =p/a.o         | x @7:38    | 2 a.c
        archive             | build 1 9 f.o =f.c; do 20 22 ar rcs libf.a f.o > libf.a=9:21; build 30 39 p =m.c,libf.o; build 40 49 q =m.c,-lf | q @7:48 | 3 m.c,f.c
        archiveByManyOptions | build 1 9 f.o =f.c; do 20 22 ar -r -c -s libf.a f.o > libf.a=9:21; build 50 59 q =m.c,-lf | q @7:58 | 2 m.c,f.c
        archiveGrows        | build 1 9 f.o =f.c; build 1 9 g.o =g.c; do 20 22 ar rc libf.a f.o > libf.a=9:21; do 30 32 ar r libf.a g.o > libf.a=9:31; do 40 41 ranlib libf.a > libf.a=9:41; build 50 59 q =m.c,-lf | q @7:58 | 3 m.c,f.c,g.c
        sharedByALink       | build 1 9 libf.so.1 =f.c @7:8; do 20 22 ln -s libf.so.1 libf.so > libf.so=7:8; build 50 59 q =m.c,-lf | q @7:58 | 2 m.c,f.c
        linkedByHand        | build 1 9 a.o =a.c; do 20 22 ld -o p a.o > p=9:21                               | p @9:21    | 1 a.c
        foreignCopied       | build 1 9 main =main.c @7:8; do 20 22 cp gift main > main=7:21                  | main @7:21 | none
        foreignCopiedThenStripped | build 1 9 main =main.c @7:8; do 20 22 cp gift main > main=7:21; do 30 32 strip main > main=7:31 | main @7:31 | none
        foreignWrittenThenStripped | build 1 9 main =main.c @7:8; disk main=7:50; do 100 102 install main x > x=9:101 | x @9:101 | none
        failedCopy          | build 1 9 main =main.c @7:8; fail 20 22 cp main x                               | x @9:21    | none
        failedForOneOfTwo   | build 1 9 main =main.c @7:8; fail 20 22 cp main none bin > bin/main=9:21        | bin/main @9:21 | 1 main.c
        changedAgainBeforeItWasSeen | build 1 9 main =main.c @7:8; do 20 22 strip main > main=7:90                | main @7:21 | 1 main.c
        twoThatChangePlaces | build 1 9 a =a.c @7:8; build 1 9 b =b.c @8:8; do 20 21 mv a t > a=8:8 b=7:8; do 22 23 mv b a; do 24 25 mv t b | a @8:8 | 2 b.c
        changedPlacesBeforeALook | build 1 9 main =main.c @7:8; build 20 39 other =other.c; do 40 41 mv main t > main=8:38 other=7:8; do 42 43 mv other main; do 44 45 mv t other | main @8:38 | 2 other.c
        changedPlacesAndLeft | build 1 9 main =main.c @7:8; build 20 39 other =other.c; do 40 41 mv main t > main=8:38 other=7:8; do 42 43 mv other main; do 44 45 mv t other | other @7:8 | 1 main.c
        overwrittenLater    | build 1 9 main =main.c @7:8; do 20 22 cp main x > x=9:21                        | x @9:40    | none
        """)
    void toolPassesOn_whatABuildWrote(String name, String history, String program, String expected) {
        live(history);

        assertThat(lecture.originOf(program)).isEqualTo(expected);
    }

    @Test
    void nobodyMayLook_pathAndTimeTell() {
        mayLook = false;
        live("build 1 9 main =main.c; do 20 22 cp main x; do 30 32 mv main y");

        assertThat(lecture.originOf("x @9:21")).isEqualTo("1 main.c");
        assertThat(lecture.originOf("y @7:8")).isEqualTo("1 main.c");
        assertThat(lecture.originOf("main @7:8"))
                .as("has been moved, but its contents are known")
                .isEqualTo("1 main.c");
        assertThat(lecture.gapOf("z @8:21")).isEqualTo("UNREADABLE");
    }

    @Test
    void containerWithoutABuild_isNotLookedInto() {
        live("do 20 22 cp main x > x=9:21");

        assertThat(calls).isZero();
    }

    private void live(String history) {
        for (String step : history.split(";", -1)) {
            String[] parts = step.strip().split(" > ", -1);
            List<String> words = List.of(parts[0].split(" ", -1));
            switch (words.getFirst()) {
                case "build", "failed" -> {
                    lecture.build(parts[0]);
                    if (words.getLast().startsWith("@")) {
                        change(words.get(3) + "=" + words.getLast().substring(1));
                    }
                }
                case "disk" -> change(words.get(1));
                default -> {
                    ExecRecord exec = lecture.call(Long.parseLong(words.get(1)), words.subList(3, words.size()));
                    tools.began(exec);
                    for (String file : parts.length > 1 ? parts[1].split(" ", -1) : new String[0]) {
                        change(file);
                    }
                    tools.ended(lecture.end(
                            exec, Long.parseLong(words.get(2)), words.getFirst().equals("do")));
                }
            }
        }
    }

    private void change(String file) {
        String[] sides = file.split("=", -1);
        ContainerPath path = Classroom.HW1.resolve(sides[0]);
        if (sides[1].equals("-")) {
            disk.remove(path);
        } else {
            String[] id = sides[1].split(":", -1);
            disk.put(path, lecture.file(Long.parseLong(id[0]), Long.parseLong(id[1])));
        }
    }

    private Optional<FoundFile> look(ImageKey process, ContainerPath path) {
        calls++;
        return mayLook ? Optional.ofNullable(disk.get(path)) : Optional.empty();
    }
}
