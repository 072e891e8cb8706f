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

/** What README.md tells its readers to type. */
final class ReadmeBlocks {

    private ReadmeBlocks() {}

    /** The blocks of a language below a heading, in their order. */
    static List<String> blocks(String heading, String language) {
        try {
            String text = Files.readString(Path.of("README.md"));
            int start = text.indexOf("\n## " + heading + "\n") + 1;
            int end = text.indexOf("\n## ", start);
            return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                    .matcher(text.substring(start, end))
                    .results()
                    .map(block -> block.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The keys of a block, each with something before it. */
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
