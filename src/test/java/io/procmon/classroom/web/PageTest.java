package io.procmon.classroom.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks of the page's files that need no browser. */
class PageTest {

    private static final Pattern ADDRESS = Pattern.compile("(?:https?:)?//[a-z0-9.-]+\\.[a-z]+");
    private static final Pattern ASKED_FOR = Pattern.compile("data-(?:label-)?word=\"(\\w+)\"");
    private static final Pattern WORD = Pattern.compile("(?:\"([\\w-]+)\"|\\b(\\w+)): \"");

    @Test
    void page_asksNobodyElseForAnything() throws IOException {
        for (String file : files()) {
            assertThat(ADDRESS.matcher(read(file)).results().map(MatchResult::group))
                    .as(file)
                    .allMatch(address -> address.equals("http://www.w3.org"));
        }
    }

    @Test
    void page_putsNoNameIntoMarkup() throws IOException {
        for (String script : files()) {
            assertThat(read(script))
                    .as(script)
                    .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write");
        }
    }

    @Test
    void koreanAndEnglish_haveTheSameWords_andAllThatThePageAsksFor() throws IOException {
        String script = read("words.js");
        int korean = script.indexOf("  ko: {");
        Set<String> english = words(script.substring(script.indexOf("  en: {"), korean));
        Set<String> inKorean = words(script.substring(korean, script.indexOf("\n};", korean)));

        assertThat(inKorean).isEqualTo(english);
        assertThat(english).containsAll(words(ASKED_FOR, read("index.html")));
    }

    @Test
    void page_loadsAllItsFilesAtOnce_becauseTheHtmlNamesThem() throws IOException {
        String page = read("index.html");

        assertThat(files()).allMatch(file -> file.equals("index.html") || page.contains("\"/" + file + "\""));
    }

    /** The page's files, as they are in the class path. */
    private static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/web"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static Set<String> words(String dictionary) {
        return WORD.matcher(dictionary)
                .results()
                .map(word -> word.group(1) == null ? word.group(2) : word.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> words(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(word -> word.group(1)).collect(Collectors.toSet());
    }

    private static String read(String file) throws IOException {
        try (InputStream resource = PageTest.class.getResourceAsStream("/web/" + file)) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
