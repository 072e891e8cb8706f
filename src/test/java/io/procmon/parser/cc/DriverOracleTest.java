package io.procmon.parser.cc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Prerequisites;
import io.procmon.parser.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the parser's result for a command line with the commands that the compilers print for it. */
class DriverOracleTest {

    /** The real drivers for a driver in the table; {@code cc} and {@code c++} belong to both families. */
    private static final Map<String, List<String>> REAL_DRIVERS = Map.of(
            "cc", List.of("gcc", "clang"),
            "c++", List.of("g++", "clang++"));

    @TempDir
    Path directory;

    @TempDir
    Path temporary;

    private DriverOracle oracle;

    @BeforeEach
    void argumentFiles() throws IOException {
        oracle = new DriverOracle(directory, temporary);
        write("args.rsp", "-c main.c");
        write("quoted.rsp", "-D'NAME=\"x y\"' -o 'my prog' \"my file.c\"\nwith\\ space.c");
        write("nested.rsp", "-Wall @args.rsp -o nested.o");
        write("empty.rsp", " \n\t ");
        for (String source : List.of("main.c", "my file.c", "with space.c", "src/other.c")) {
            write(source, "");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc", "g++", "clang", "clang++", "avr-gcc"})
    void everyCommandLine_isUnderstoodAsTheDriverDoes(String driver) throws Exception {
        Prerequisites.programs(driver);
        List<String> differences = new ArrayList<>();
        int compared = 0;
        for (List<String> line : table()) {
            if (!REAL_DRIVERS
                    .getOrDefault(line.getFirst(), List.of(line.getFirst()))
                    .contains(driver)) {
                continue;
            }
            List<String> command = new ArrayList<>(line);
            command.set(0, driver);
            createFiles(command);
            Optional<Intent> expected = oracle.ask(command);
            Command understood = parse(driver, command);
            compared++;
            if (expected.isEmpty()) {
                differences.add("refused by " + driver + ": " + command);
            } else if (understood.equals(new Command.Nothing(Command.Why.INLINE))) {
                if (!expected.get().keepsNothing()) {
                    differences.add(command + "\n  understood as nothing\n  instead of    " + expected.get());
                }
            } else if (!(understood instanceof Command.Compile compile)) {
                differences.add(command + "\n  understood as " + understood + "\n  instead of    " + expected.get());
            } else if (!Intent.of(compile).equals(expected.get())) {
                differences.add(
                        command + "\n  understood as " + Intent.of(compile) + "\n  instead of    " + expected.get());
            }
        }
        assertThat(compared).as("lines compared").isGreaterThanOrEqualTo(driver.startsWith("avr") ? 5 : 20);
        assertThat(differences).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gcc", "clang"})
    void everyOptionOfTheTable_takesAsManyArgumentsAsTheDriverSays(String driver) throws Exception {
        Prerequisites.programs(driver);
        OptionTable table = Invocations.table(driver);
        List<String> differences = new ArrayList<>();
        int answered = 0;
        for (Option option : table.options()) {
            if (option.effect() != Option.Effect.NONE || option.form() == Option.Form.BOTH) {
                continue;
            }
            List<String> command = new ArrayList<>(List.of(driver, "-c", option.name()));
            for (int i = 0; i < option.following(""); i++) {
                command.add("value" + i + ".c");
            }
            command.add("source.c");
            createFiles(command);
            Optional<Intent> said = oracle.ask(command);
            if (said.isPresent()) {
                answered++;
                if (!said.get()
                        .outputs()
                        .equals(Set.of(directory.resolve("source.o").toString()))) {
                    differences.add(command + ": " + said.get());
                }
            }
        }
        assertThat(answered).as("options that this version takes").isGreaterThanOrEqualTo(50);
        assertThat(differences).isEmpty();
    }

    @Test
    void theTable_hasRealLinesEnough() throws IOException {
        assertThat(table()).hasSizeGreaterThanOrEqualTo(150);
    }

    private Command parse(String driver, List<String> command) {
        boolean plusPlus = driver.endsWith("++");
        return new DriverParser(driver, Invocations.table(driver), plusPlus).parse(Invocations.in(directory, command));
    }

    private static List<List<String>> table() throws IOException {
        try (InputStream in = DriverOracleTest.class.getResourceAsStream("/commands/drivers.txt");
                Stream<String> lines = new String(in.readAllBytes(), UTF_8).lines()) {
            return lines.filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(ArgumentFiles::split)
                    .toList();
        }
    }

    /** Creates a file for each word that looks like one, because drivers reject files that do not exist. */
    private void createFiles(List<String> command) throws IOException {
        for (String word : command.subList(1, command.size())) {
            if (word.contains(".") && "-/@".indexOf(word.charAt(0)) < 0) {
                Path file = directory.resolve(word).normalize();
                if (!Files.exists(file)) {
                    Files.createDirectories(file.getParent());
                    Files.createFile(file);
                }
            }
        }
    }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }
}
