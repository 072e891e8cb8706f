package io.procmon;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The code blocks of a document. */
final class DocumentBlocks {

    private static final Path DOCUMENTS = Path.of("src/site/markdown");

    private DocumentBlocks() {}

    /** The blocks of one language, in order. */
    static List<String> blocks(String document, String language) {
        try {
            return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                    .matcher(Files.readString(DOCUMENTS.resolve(document)))
                    .results()
                    .map(block -> block.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys of a block, each with a prefix. */
    static Map<String, String> properties(String block, String prefix) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(block));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> prefix + entry.getKey(),
                        entry -> entry.getValue().toString()));
    }
}
