package io.procmon.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.config.ConfiguredTool;
import io.procmon.config.ProcmonConfig;
import io.procmon.config.ResourceTable;
import io.procmon.homework.HomeworkLocator;
import io.procmon.parser.Parsers;
import io.procmon.parser.ProcessFiles;
import io.procmon.process.ContainerOwners;
import io.procmon.process.ContainerPath;
import io.procmon.process.HostnameGrammar;
import io.procmon.process.Launchers;
import io.procmon.process.ToolRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Environments and toolchains in a homework: some runs of their programs are activities, others are not. */
class InstalledPartsTest {

    private static final ProcmonConfig CONFIG = Classroom.config(Map.of());
    private static final ToolRegistry TOOLBOX = ConfiguredTool.tools(CONFIG.tools());
    private static final HomeworkLocator LOCATOR = new HomeworkLocator(
            CONFIG.homework().roots(),
            Pattern.compile(CONFIG.homework().pattern()),
            Pattern.compile(CONFIG.homework().ignore()));
    private static final HostnameGrammar HOSTNAMES = new HostnameGrammar(
            CONFIG.hostname().prefix(), Pattern.compile(CONFIG.hostname().pattern()));

    @ParameterizedTest
    @CsvFileSource(resources = "/handlers/installed.csv", delimiter = '|', numLinesToSkip = 1)
    void whatIsInstalled_isNotTheStudents(String there, String executable, String line, String expected) {
        ProcessFiles files = new Files(
                Stream.of(there.split(" ", -1)).map(Classroom.HW1::resolve).collect(Collectors.toUnmodifiableSet()));
        String[] argv = line.split(" ", -1);
        var exec = Classroom.script(
                argv[0],
                Classroom.HW1.resolve(executable).value(),
                executable.endsWith("dash") ? prefixed(argv) : argv);

        Outcome<String> outcome = new ProcessHandler(
                        new ContainerOwners(HOSTNAMES, Map.of(), (_, _) -> {}),
                        true,
                        TOOLBOX,
                        new Launchers(ResourceTable.lines("launchers.table")),
                        LOCATOR,
                        new WrittenFiles(),
                        _ -> files)
                .apply(exec)
                .then(new EnrichmentHandler(Classroom.NODE))
                .then(new HomeworkHandler(
                        new Parsers(Classroom.parsers(), TOOLBOX.tools()), LOCATOR, new WrittenFiles(), _ -> files))
                .then(started -> Outcome.proceed(started.origin().type().label()));

        assertThat(outcome)
                .isEqualTo(
                        expected.equals(expected.toUpperCase(java.util.Locale.ROOT))
                                ? Outcome.proceed(expected)
                                : Outcome.stop(new Reason(expected)));
    }

    private static String[] prefixed(String... argv) {
        return Stream.concat(Stream.of("/bin/sh"), Stream.of(argv)).toArray(String[]::new);
    }

    private record Files(Set<ContainerPath> there) implements ProcessFiles {

        @Override
        public boolean isFile(ContainerPath path) {
            return there.contains(path);
        }

        @Override
        public boolean isDirectory(ContainerPath path) {
            return there.stream().anyMatch(file -> file.isWithin(path));
        }

        @Override
        public Optional<String> read(ContainerPath path) {
            return Optional.empty();
        }
    }
}
