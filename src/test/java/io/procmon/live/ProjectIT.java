package io.procmon.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.procmon.Prerequisites;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whole projects, each with another build system. procmon must report each compilation once, with its source and its
 * output, and nothing else. A compilation database has the expected compilations: that of CMake or Meson, or that of
 * bear for the same build in a container that procmon does not watch.
 */
@Live
class ProjectIT {

    private static final String DIRECTORY = StudentContainer.PROJECT + "/hw1";
    private static final String DATABASE = "compile_commands.json";

    /**
     * In {@code live/projects}. Ninja keeps its files of arguments here. By default it deletes them when a command ends,
     * which can be before procmon has read them.
     *
     * @param tools the programs that it needs
     * @param prepare the command that writes the build files; procmon reports none of its test compilations
     * @param others the other reports of procmon: links, and runs of programs that the build starts
     * @param program the program that the student runs after the build
     * @param sources the names of the files that the program was built from; none if it was built for another machine
     */
    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
        make | make | - | make -j2 \
        | build lib/libqueue.so, build out/prog \
        | out/prog | list.c list_sort.c main.c odd name.c parse.c queue.c shape.cc start.S table.s
        make | make ccache | - | make -j2 CC='ccache gcc' \
        | build lib/libqueue.so, build out/prog \
        | out/prog | list.c list_sort.c main.c odd name.c parse.c queue.c shape.cc start.S table.s
        cmake | cmake ninja \
        | cmake -G Ninja -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DCMAKE_NINJA_FORCE_RESPONSE_FILE=ON \
        | cmake --build build -- -d keeprsp \
        | build build/generate, build build/libplugin.so.1.2, build build/prog, run build/generate \
        | build/prog | circle.cc core.c core_io.c generated.c main.c plugin.c probe.S square.cc
        cmake | cmake make \
        | cmake -B build -DCMAKE_EXPORT_COMPILE_COMMANDS=ON -DCMAKE_UNITY_BUILD=ON \
        | cmake --build build -j2 \
        | build build/generate, build build/libplugin.so.1.2, build build/prog, run build/generate \
        | build/prog | probe.S unity_0_c.c unity_0_c.c unity_0_c.c unity_0_cxx.cxx
        meson | meson ninja | meson setup build | ninja -C build \
        | build build/generator, build build/lib/libplugin.so, build build/prog, run build/generator \
        | build/prog | main.c plugin.c queue.c queue_iter.c table.c view.cc
        autotools | autoreconf automake libtoolize make | autoreconf -i && ./configure -q | make -s check \
        | build lister, build tests/smoke, run configure, run tests/smoke \
        | ./lister | list.c main.c options.c print.c
        kbuild | make | - | make -j2 \
        | build image, run scripts/fixdep, run scripts/fixdep, run scripts/fixdep, run scripts/fixdep \
        | ./image | bus.c disk.c entry.S main.c net.c
        avr | make avr-gcc | - | make | build blink.elf | - | -
        """)
    void compilationsOfAProject_areReportedOnceEach(
            String project,
            String tools,
            String prepare,
            String build,
            String others,
            String program,
            String sources,
            Lab lab)
            throws Exception {
        Prerequisites.programs((tools + " bear").split(" ", -1));
        var student = lab.student();
        copy(Path.of(ProjectIT.class.getResource("/live/projects/" + project).toURI()), student.file("hw1"));
        shell(student, prepare);
        var unwatched = lab.container("foreign-os-1-202012180");
        copy(student.file("hw1"), unwatched.file("hw1"));

        shell(student, build);

        shell(unwatched, "bear -- " + build);
        var own = student.file("hw1/build/" + DATABASE);
        var compilations = compilations(Files.exists(own) ? own : unwatched.file("hw1/" + DATABASE));
        var events = lab.events(student);
        assertThat(events)
                .filteredOn(ProjectIT::isCompilation)
                .flatExtracting(ProjectIT::compilations)
                .containsExactlyInAnyOrderElementsOf(compilations);
        assertThat(events)
                .filteredOn(event -> !hasSources(event))
                .extracting(event -> event.kind() + " " + relative(event.text("target_path")))
                .containsExactlyInAnyOrder(others.split(", ", -1));
        assertSources(lab, student, program, sources);
    }

    private static void assertSources(Lab lab, StudentContainer student, String program, String sources)
            throws IOException {
        if (program == null) {
            return;
        }
        shell(student, program);

        Event run = lab.events(student).getLast();
        assertThat(run.text("target_path")).endsWith(program.substring(program.lastIndexOf('/')));
        assertThat(run.is("built")).isTrue();
        assertThat(run.list("source_files").stream()
                        .map(path -> path.substring(path.lastIndexOf('/') + 1))
                        .sorted()
                        .collect(joining(" ")))
                .isEqualTo(sources);
    }

    private static void copy(Path from, Path to) {
        Shell.run("cp", "-a", from.toString(), to.toString());
    }

    private static void shell(StudentContainer container, String command) throws IOException {
        if (command != null) {
            Ended shell = container.run("hw1", "sh", "-c", "{ " + command + "\n} >../output 2>&1");
            assertThat(shell.exitCode())
                    .as("%s%n%s", command, new String(Files.readAllBytes(container.file("output")), UTF_8))
                    .isZero();
        }
    }

    private static boolean hasSources(Event event) {
        return event.kind().equals("build") && !event.list("source_files").isEmpty();
    }

    /** A database leaves out calls that only preprocess. */
    private static boolean isCompilation(Event event) {
        return hasSources(event) && !event.text("step").equals("preprocess");
    }

    private static List<String> compilations(Event build) {
        return build.list("source_files").stream()
                .map(source -> compilation(source, build.text("output_path")))
                .toList();
    }

    private static List<String> compilations(Path database) throws IOException {
        return StreamSupport.stream(
                        new ObjectMapper().readTree(database.toFile()).spliterator(), false)
                .map(ProjectIT::compilation)
                .distinct() // bear records a compiler, and the wrapper that executes it
                .toList();
    }

    private static String compilation(JsonNode entry) {
        Path directory = Path.of(entry.required("directory").textValue());
        return compilation(
                directory
                        .resolve(entry.required("file").textValue())
                        .normalize()
                        .toString(),
                directory.resolve(output(entry)).normalize().toString());
    }

    private static String compilation(String source, String output) {
        return relative(source) + " -> " + relative(output);
    }

    /** CMake 3.25 and bear 3.1 do not always have it, but the command does. */
    private static String output(JsonNode entry) {
        List<String> words = entry.has("arguments")
                ? StreamSupport.stream(entry.get("arguments").spliterator(), false)
                        .map(JsonNode::textValue)
                        .toList()
                : List.of(Shell.words(entry.required("command").textValue()));
        int separate = words.indexOf("-o");
        return separate >= 0
                ? words.get(separate + 1)
                : words.stream()
                        .filter(word -> word.startsWith("-o"))
                        .map(word -> word.substring(2))
                        .findFirst()
                        .orElseThrow();
    }

    private static String relative(String path) {
        return path.startsWith(DIRECTORY + "/") ? path.substring(DIRECTORY.length() + 1) : path;
    }
}
