package io.procmon;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents link to each other, to files that exist, and to headings that exist. */
class DocumentLinksTest {

    private static final Path README = Path.of("README.md");
    private static final Path DOCUMENTS = Path.of("src/site/markdown");
    private static final int README_LINES = 200;
    private static final Pattern CODE_BLOCK = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("(?<=])\\(([^()\\s]+)\\)");
    private static final Pattern ABSOLUTE = Pattern.compile("[a-z]+:.*");
    private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

    static Stream<Path> documents() throws IOException {
        try (Stream<Path> files = Files.list(DOCUMENTS)) {
            return Stream.concat(
                    Stream.of(README),
                    files.filter(file -> file.toString().endsWith(".md")).sorted())
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void relativeLinks_leadSomewhere(Path document) throws IOException {
        List<String> links = links(document);

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link ->
                        assertThat(leadsSomewhere(document, link)).as(link).isTrue());
    }

    @Test
    void readme_leadsToEachDocument() throws IOException {
        assertThat(links(README).stream().map(link -> link.replaceFirst("#.*", "")))
                .containsAll(documents()
                        .filter(document -> !document.equals(README))
                        .map(Path::toString)
                        .toList());
    }

    @Test
    void readme_isShort() throws IOException {
        assertThat(Files.readAllLines(README)).hasSizeLessThanOrEqualTo(README_LINES);
    }

    private static boolean leadsSomewhere(Path document, String link) throws IOException {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? document : document.resolveSibling(file).normalize();
        return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
    }

    /** The relative links of a document. */
    private static List<String> links(Path document) throws IOException {
        String prose = CODE.matcher(prose(document)).replaceAll("code");
        return LINK.matcher(prose)
                .results()
                .map(link -> link.group(1))
                .filter(link -> !ABSOLUTE.matcher(link).matches())
                .toList();
    }

    /** The anchors that GitHub creates for headings. */
    private static Set<String> anchors(Path document) throws IOException {
        return HEADING.matcher(prose(document))
                .results()
                .map((MatchResult heading) -> heading.group(1)
                        .strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .collect(toSet());
    }

    private static String prose(Path document) throws IOException {
        return CODE_BLOCK.matcher(Files.readString(document)).replaceAll("");
    }
}
