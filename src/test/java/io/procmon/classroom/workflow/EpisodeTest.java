package io.procmon.classroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpisodeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                                                                |
        0:00 build ok; 0:09 build ok                                            | 2 build ok
        0:00 build failed; 1:00 build failed; 4:00 build ok; 5:00 run ok        | 2 build failed, 1 build ok after 240 s, 1 run ok
        0:00 build failed; 1:00 build SIGINT; 4:00 build ok; 5:00 build ok      | 1 build failed, 1 build stopped, 2 build ok after 240 s
        0:00 build SIGSEGV; 1:00 build failed                                   | 2 build failed
        0:00 run SIGSEGV; 0:09 run SIGABRT; 1:00 run SIGSEGV of=b               | 2 run crashed in main, 1 run crashed in b
        0:00 run SIGSEGV says=SIGSEGV; 0:09 run failed                          | 1 run crashed in main.c, 1 run failed
        """)
    void episodes_areAttemptsInARowThatAreAlike(String story, String expected) {
        assertThat(Episode.of(History.of(Story.of(story == null ? "" : story))).stream()
                        .map(EpisodeTest::text)
                        .collect(Collectors.joining(", ")))
                .isEqualTo(expected == null ? "" : expected);
    }

    private static String text(Episode it) {
        return "%d %s %s%s%s"
                .formatted(
                        it.count(),
                        it.kind().name().toLowerCase(Locale.ROOT),
                        it.ending().label(),
                        it.place().isEmpty() ? "" : " in " + it.place(),
                        it.repair()
                                .map(time -> " after %d s".formatted(time.toSeconds()))
                                .orElse(""));
    }
}
