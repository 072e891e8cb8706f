package io.procmon.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.Classroom;
import io.procmon.events.Started;
import io.procmon.stream.HandlerChain;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Programs that were executed by the name of a script, through all handlers. */
class ScriptTest {

    private final HandlerChain chain =
            new HandlerChain(Classroom.config(Map.of()), Classroom.NODE, Classroom.parsers(), List.of());

    @ParameterizedTest(name = "{0}: {2}")
    @CsvFileSource(resources = "/handlers/scripts.csv", delimiter = '|', numLinesToSkip = 2)
    void scriptInAHomework_isARunWhateverItsInterpreter(
            String filename, String executable, String argv, String type, String target) {
        String[] arguments = Arrays.stream(argv.split(" ", -1))
                .map(it -> it.replace("\\040", " "))
                .toArray(String[]::new);

        Optional<Started> started = chain.process()
                .apply(Classroom.script(filename, executable, arguments))
                .then(chain.enrichment())
                .then(chain.homework())
                .proceeding();

        assertThat(started.map(it -> it.origin().type().label())).isEqualTo(Optional.ofNullable(type));
        assertThat(started.map(it -> it.command().target().value())).isEqualTo(Optional.ofNullable(target));
    }
}
