package io.procmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.procmon.config.ProcmonConfig;
import io.procmon.parser.Command;
import io.procmon.parser.CommandParser;
import io.procmon.parser.Invocation;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerPath;
import io.procmon.process.Tool;
import java.util.AbstractList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.RandomAccess;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** For any command line, each parser returns a result, in time proportional to the length of the command line. */
class BadInputTest {

    private static final int MILLION = 1_000_000;

    /** A parser may read each argument about three times; the remainder is for reads of the whole line. */
    private static final int LOOKS_PER_ARGUMENT = 8;

    /** A name in a path has at most 255 bytes, and a pattern may read on from each of them. */
    private static final int LOOKS_PER_CHARACTER = 300;

    @Test
    void parserThatTheArtefactHas_isAmongThoseTested() {
        var inCode = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.procmon").stream()
                        .filter(type -> type.isAssignableTo(CommandParser.class))
                        .filter(type ->
                                !type.isInterface() && !type.getModifiers().contains(JavaModifier.ABSTRACT))
                        .map(JavaClass::getName)
                        .collect(Collectors.toSet());

        assertThat(Classroom.parsers())
                .extracting(parser -> parser.getClass().getName())
                .containsAll(inCode);
    }

    @Property(tries = 500)
    void anyArguments_getAnAnswer(@ForAll("arguments") List<String> argv) {
        for (CommandParser parser : Classroom.parsers()) {
            assertThatCode(() -> targetOf(parse(parser, argv)))
                    .as(parser.name())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.procmon.Classroom#parsers")
    void millionArguments_areLookedAtAFewTimesEach(CommandParser parser) {
        for (String argument : List.of("", "-", "--", "-o", "-x", "-m", "-Wall", "a.c", "a.o", "../..", "@x", "\n")) {
            var argv = new CountedArguments(argument, MILLION);

            assertThat(parse(parser, argv)).isNotNull();
            assertThat(argv.looks).as("at '%s'", argument).isLessThan((long) LOOKS_PER_ARGUMENT * MILLION);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.procmon.Classroom#parsers")
    void argumentOfTwoMegabytes_isAnArgument(CommandParser parser) {
        for (String part : List.of("a", "-", "/", "../", "-o", ".c", "=", ",", "-Wl,", "\u001b[2J", "\ufffd")) {
            String argument = part.repeat(2 * MILLION / part.length());

            assertThat(parse(parser, List.of("tool", argument, "x.c"))).isNotNull();
            assertThat(parse(parser, List.of("tool", "-o", argument, "x.c"))).isNotNull();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.procmon.Classroom#parsers")
    void argumentFileThatNamesItself_isReadABoundedNumberOfTimes(CommandParser parser) {
        AtomicInteger reads = new AtomicInteger();
        var files = new TextFiles(path -> {
            reads.incrementAndGet();
            return Optional.of("@x @%s1 @%s2 a.c".formatted(path.fileName(), path.fileName()));
        });

        Command command =
                parser.parse(new Invocation(tool(parser), List.of("tool", "@x", "main.c"), Classroom.HW1, files));

        assertThat(command).isNotNull();
        assertThat(reads).hasValueLessThan(100);
    }

    @Test
    void wayUpOfTenThousandSteps_endsAtTheRoot() {
        assertThat(Classroom.HW1.resolve("../".repeat(10_000) + "etc/passwd"))
                .isEqualTo(ContainerPath.of("/etc/passwd"));
    }

    @ParameterizedTest
    @MethodSource("configuredPatterns")
    void configuredPattern_matchesInBoundedSteps(String key, Pattern pattern, int longest) {
        for (String part :
                List.of("/", "-", "/-", "-/", "a", "/gcc-", "gcc-1.", "1", "1.", "/clang++-", "hw1", "/python3.")) {
            String text = "/" + part.repeat(longest / part.length());
            for (String end : List.of("", "x", "\n")) {
                var counted = new CountedText(text + end);

                boolean matched = pattern.matcher(counted).matches();

                assertThat(counted.looks)
                        .as("%s, on '%s…%s', matched: %s", key, part, end, matched)
                        .isLessThan((long) LOOKS_PER_CHARACTER * longest);
            }
        }
    }

    static Stream<Arguments> configuredPatterns() {
        ProcmonConfig config = Classroom.config(Map.of());
        Stream<Arguments> tools = config.tools().entrySet().stream()
                .flatMap(tool -> Stream.concat(
                        tool.getValue().executable().stream().map(it -> pattern(tool.getKey(), it, 4096)),
                        tool.getValue().invokedAs().stream().map(it -> pattern(tool.getKey() + " invoked", it, 255))));
        return Stream.concat(
                tools,
                Stream.of(
                        pattern("hostname", config.hostname().pattern(), 64),
                        pattern("homework", config.homework().pattern(), 255)));
    }

    private static Arguments pattern(String key, String expression, int longest) {
        return Arguments.of(key, Pattern.compile(expression), longest);
    }

    /** Words with a meaning for some tool, in any order, among random text. */
    @Provide
    Arbitrary<List<String>> arguments() {
        Arbitrary<String> words = Arbitraries.of(
                "gcc",
                "-o",
                "-o=",
                "-c",
                "-x",
                "-xc",
                "-m",
                "-c",
                "-W",
                "-X",
                "--",
                "-",
                "@",
                "@x",
                "main.c",
                "main.py",
                "-I",
                "-l",
                "-include",
                "--param",
                "-Wl,",
                "-specs=",
                "-###",
                "--version",
                "",
                " ",
                "\n",
                "\u0000");
        Arbitrary<String> anything = Arbitraries.strings().all().ofMaxLength(20);
        Arbitrary<String> options = anything.map(text -> "-" + text);
        return Arbitraries.oneOf(words, anything, options).list().ofMaxSize(12);
    }

    private static Command parse(CommandParser parser, List<String> argv) {
        return parser.parse(new Invocation(tool(parser), argv, Classroom.HW1, ProcessFiles.UNKNOWN));
    }

    private static Optional<ContainerPath> targetOf(Command command) {
        return command instanceof Command.Action action ? Optional.of(action.target()) : Optional.empty();
    }

    private static Tool tool(CommandParser parser) {
        return KnownTools.tools(Map.of()).tools().stream()
                .filter(known -> known.parser().equals(parser.name()))
                .findFirst()
                .orElseThrow();
    }

    /** The same argument many times; counts the accesses. */
    private static final class CountedArguments extends AbstractList<String> implements RandomAccess {

        private final List<String> arguments;
        private long looks;

        CountedArguments(String argument, int size) {
            this.arguments = Collections.nCopies(size, argument);
        }

        @Override
        public String get(int index) {
            looks++;
            return arguments.get(index);
        }

        @Override
        public int size() {
            return arguments.size();
        }
    }

    /** A text; counts the accesses to its characters. */
    private static final class CountedText implements CharSequence {

        private final String text;
        private long looks;

        CountedText(String text) {
            this.text = text;
        }

        @Override
        public char charAt(int index) {
            looks++;
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
