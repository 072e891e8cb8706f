package io.procmon.parser;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.procmon.Classroom;
import io.procmon.KnownTools;
import io.procmon.process.ContainerPath;
import io.procmon.process.Tool;
import io.procmon.process.ToolRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every parser returns a result for any command line and any contents of the files that it names. */
class CommandFuzzTest {

    private static final ContainerPath HW1 = ContainerPath.of("/home/coder/project/hw1");
    private static final ToolRegistry TOOLBOX = KnownTools.tools(Map.of());
    private static final Parsers PARSERS = new Parsers(Classroom.parsers(), TOOLBOX.tools());
    private static final String FILE_BEHIND = "\0\0";

    /** The input contains the arguments, each followed by a NUL. The contents of all files follow two NULs. */
    @FuzzTest(maxDuration = "60s")
    void parse(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        int end = text.indexOf(FILE_BEHIND);
        List<String> argv = List.of((end < 0 ? text : text.substring(0, end)).split("\0", -1));
        String contents = end < 0 ? "" : text.substring(end + FILE_BEHIND.length());

        Optional<Tool> found = TOOLBOX.find(ContainerPath.of(argv.getFirst()), argv);
        if (found.isPresent()) {
            assertAnswers(found.get(), argv, contents);
            return;
        }
        Tool any = TOOLBOX.tools().stream()
                .skip(Math.floorMod(text.hashCode(), TOOLBOX.tools().size()))
                .findFirst()
                .orElseThrow();
        assertAnswers(any, argv, contents);
    }

    private static void assertAnswers(Tool tool, List<String> argv, String contents) {
        Command command = PARSERS.of(tool).parse(new Invocation(tool, argv, HW1, new AnyFiles(contents)));

        assertThat(command).isNotNull();
        assertThat(command.toString()).isNotEmpty();
    }

    /** Half of all paths are files with the same contents; a quarter are directories. */
    private record AnyFiles(String contents) implements ProcessFiles {
        @Override
        public boolean isFile(ContainerPath path) {
            return path.hashCode() % 2 == 0;
        }

        @Override
        public boolean isDirectory(ContainerPath path) {
            return path.hashCode() % 4 == 1;
        }

        @Override
        public Optional<String> read(ContainerPath path) {
            return Optional.of(contents);
        }
    }
}
