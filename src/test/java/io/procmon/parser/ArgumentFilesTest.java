package io.procmon.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.procmon.KnownTools;
import io.procmon.TextFiles;
import io.procmon.process.ContainerPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentFilesTest {

    private static final ContainerPath CWD = ContainerPath.of("/home/coder/project/hw1");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "-d out Main.java | -d;out;Main.java",
                "-d 'my out' \"a b\"/c.java | -d;my out;a b/c.java",
                "-d out#x Main.java | -d;out#x;Main.java",
                "Main.java # Other.java | Main.java",
                "#Main.java | ``",
                "'#Main.java' | #Main.java"
            })
    void words_areThoseThatJavacReads(String text, String words) {
        assertThat(String.join(";", expand(text))).isEqualTo(words);
    }

    @Test
    void wordOfAMillionCharacters_isAWord() {
        assertThat(expand("a".repeat(1_000_000))).containsExactly("a".repeat(1_000_000));
    }

    @Test
    void wordOfThousandsOfQuotedParts_isAWord() {
        assertThat(expand("a'b'\"c\"".repeat(100_000))).containsExactly("abc".repeat(100_000));
    }

    private static List<String> expand(String text) {
        return new ArgumentFiles(new Invocation(
                        KnownTools.named("javac"),
                        List.of("javac", "@arguments"),
                        CWD,
                        new TextFiles(_ -> Optional.of(text))))
                .expand();
    }
}
